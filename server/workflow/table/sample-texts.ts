export interface TextCases {
  /** Texts the field is held against as a whole. */
  readonly whole: readonly string[]
  readonly parts: readonly string[]
  readonly starts: readonly string[]
  readonly ends: readonly string[]
  /** The field's usual values. */
  readonly usual: readonly string[]
  /** How many different texts that no test names are wanted. */
  readonly room: number
}

export interface TextSamples {
  readonly values: readonly string[]
  /** False where there are too many cases to have a text for each. */
  readonly isComplete: boolean
}

/** Most parts of which every combination is tried. */
const MOST_PARTS = 6
const OTHERS = ['其它', '别的', 'x']
const JOINTS = ['，', ' ', '、', '；', '|', '…', '·', '\n']

/** Texts of which one at least stands for every case the tests on a field could tell apart, the plainest first. */
export function sampleTexts(cases: TextCases): TextSamples {
  const { whole, parts, starts, ends } = cases
  const named = [...whole, ...parts, ...starts, ...ends].filter(text => text !== '')
  // A joint no test asks for keeps parts from growing together into other parts.
  const joint = JOINTS.find(each => named.every(text => !text.includes(each)))
  const others = unnamedTexts(cases, named)
  const middles = subsetsOf(parts)
  const between = joint ?? ' '
  const built = middles.sets.flatMap(set => framed(set, cases, between))
  const values = [...new Set([...others, ...built, ...whole, ''])]
  return { values, isComplete: middles.isComplete && joint !== undefined && others.length >= cases.room }
}

function unnamedTexts({ usual, room }: TextCases, named: readonly string[]): readonly string[] {
  const isUnnamed = (text: string) => named.every(each => !text.includes(each))
  const numbers = Array.from({ length: room }, (_, index) => (index === 0 ? '' : String(index + 1)))
  const made = OTHERS.map(base => numbers.map(number => base + number).filter(isUnnamed))
  const best = made.reduce((most, texts) => (texts.length > most.length ? texts : most))
  return [...usual.filter(isUnnamed).slice(0, room + 1), ...best]
}

function framed(
  set: readonly string[],
  { whole, starts, ends }: TextCases,
  joint: string,
): readonly string[] {
  const middle = set.join(joint)
  if (starts.length + ends.length === 0)
    return middle === '' ? [] : [whole.includes(middle) ? middle + joint : middle]
  return ['', ...starts].flatMap(start =>
    ['', ...ends].map(end => [start, middle, end].join(joint)).filter(text => text.length > 2 * joint.length),
  )
}

function subsetsOf(parts: readonly string[]): { sets: readonly (readonly string[])[]; isComplete: boolean } {
  const each = [...new Set(parts)]
  if (each.length > MOST_PARTS) return { sets: [[], ...each.map(part => [part]), each], isComplete: false }
  const masks = Array.from({ length: 2 ** each.length }, (_, mask) => mask)
  return { sets: masks.map(mask => each.filter((_, index) => mask & (1 << index))), isComplete: true }
}
