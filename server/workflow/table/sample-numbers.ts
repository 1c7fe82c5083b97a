export interface NumberLine {
  /** Values at which some test comes out otherwise. */
  readonly constants: readonly number[]
  /** Nothing is below; undefined where there is no end. */
  readonly least: number | undefined
  readonly step: 'whole' | 'any'
  /** How many different values are wanted between any two constants. */
  readonly room: number
}

/** Numbers of which one at least stands in every place the tests on a field could tell apart, the plainest first. */
export function sampleNumbers({ constants, least, step, room }: NumberLine): readonly number[] {
  const marks = [...new Set(constants)].filter(Number.isFinite).sort((a, b) => a - b)
  const first = marks[0] ?? least ?? 0
  const last = marks.at(-1) ?? first
  const steps = Array.from({ length: room }, (_, index) => index + 1)
  const below = least === undefined ? steps.map(count => first - stepBeside(first) * count) : []
  const lowest = least !== undefined && least < first ? [least] : []
  const gaps = [...lowest, ...marks].flatMap((from, index, all) =>
    index + 1 < all.length ? between(from, all[index + 1]!, room, step) : [],
  )
  const above = steps.map(count => last + stepBeside(last) * count)
  return [
    ...new Set([...gaps, ...above, ...marks, ...below, ...lowest, ...(marks.length > 0 ? [] : [first])]),
  ]
}

/** So many numbers strictly between two, round ones where there are any. */
function between(from: number, to: number, room: number, step: NumberLine['step']): readonly number[] {
  const width = to - from
  if (step === 'whole' && width <= room + 1) {
    return Array.from(
      { length: Math.max(0, Math.ceil(width) - 1) },
      (_, index) => Math.floor(from) + index + 1,
    )
  }
  const exact = Array.from({ length: room }, (_, index) => from + (width * (index + 1)) / (room + 1))
  const round = exact.map(value => rounded(value, width / (room + 1), step))
  const isGood = new Set(round).size === room && round.every(value => value > from && value < to)
  if (isGood) return round
  return step === 'any' ? exact : Array.from({ length: room }, (_, index) => Math.floor(from) + index + 1)
}

/** A value with as few digits as its neighbours allow. */
function rounded(value: number, width: number, step: NumberLine['step']): number {
  const unit = 10 ** Math.floor(Math.log10(width / 2))
  const coarse = step === 'whole' ? Math.max(1, unit) : unit
  return Number((Math.round(value / coarse) * coarse).toPrecision(15))
}

/** A step that looks natural beside a number: 1 beside 3, 50 beside 200. */
function stepBeside(value: number): number {
  const size = Math.abs(value) / 4
  if (size < 1) return 1
  const unit = 10 ** Math.floor(Math.log10(size))
  return Math.ceil(size / unit) * unit
}
