import { closest } from '../../closest.ts'
import type { FieldSpec } from '../../field.ts'
import { toInstantMs } from '../../logic/instants.ts'
import { durationUnits, phrasesAt, TIMES_TEN_THOUSAND, unitNames, YUAN } from './lexicon.ts'
import { afterSpaces, endOfWord, type Source } from './source.ts'

/** A value found in a text. */
export interface ValueHit {
  readonly value: unknown
  readonly end: number
  readonly doubt: number
}

const NUMBER = /^[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?/
const INSTANT = /^(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[ t]+(\d{1,2}):(\d{2})(?::\d{2})?)?/
/** What a printed sentence leaves out is not there to be read. */
const CUT_SHORT = /…$| 等 \d+ 项$| and \d+ more$/
const QUOTES: Readonly<Record<string, string>> = {
  '「': '」',
  '『': '』',
  '“': '”',
  '"': '"',
  "'": "'",
  '‘': '’',
}

/** A number in the unit of a field: `¥500`, `1.5 万元`, `200 公里`, `3 小时 20 分`. Amounts come as fen. */
export function numbersAt(source: Source, at: number, field: FieldSpec | undefined): readonly ValueHit[] {
  const from = afterSpaces(source, at)
  if (field?.type === 'duration') return durationAt(source, from)
  const isMoney = field?.type === 'money'
  const sign = source.plain[from] === '¥' ? 1 : 0
  if (sign > 0 && !isMoney) return []
  const start = afterSpaces(source, from + sign)
  const digits = NUMBER.exec(source.plain.slice(start))?.[0]
  if (digits === undefined) return []
  const plain = Number(digits.replaceAll(',', ''))
  const behind = start + digits.length
  const large = endOfWord(source, afterSpaces(source, behind), TIMES_TEN_THOUSAND)
  const value = large === undefined ? plain : plain * 10_000
  const end = unitEnd(
    source,
    large ?? behind,
    isMoney ? [YUAN] : field?.unit ? [field.unit.zh, field.unit.en] : [],
  )
  return [{ value: isMoney ? Math.round(value * 100) : value, end, doubt: 0 }]
}

function unitEnd(source: Source, at: number, units: readonly string[]): number {
  const from = afterSpaces(source, at)
  const ends = units.flatMap(unitNames).flatMap(name => endOfWord(source, from, name.toLowerCase()) ?? [])
  return ends.length > 0 ? Math.max(...ends) : at
}

function durationAt(source: Source, at: number): readonly ValueHit[] {
  let end = at
  let value = 0
  for (;;) {
    const from = afterSpaces(source, end)
    const digits = /^\d+(?:\.\d+)?/.exec(source.plain.slice(from))?.[0]
    const unit = digits === undefined ? undefined : phrasesAt(durationUnits, source, from + digits.length)[0]
    if (digits === undefined || !unit) break
    value += Number(digits) * unit.means
    end = unit.end
  }
  return end > at ? [{ value, end, doubt: 0 }] : []
}

/** A day or a minute on the clock of Asia/Shanghai, as the `instant` a condition holds it as. */
export function instantsAt(source: Source, at: number): readonly ValueHit[] {
  const from = afterSpaces(source, at)
  const found = INSTANT.exec(source.plain.slice(from))
  if (!found) return []
  const [all, year, month = '', day = '', hour = '0', minute = '00'] = found
  const two = (digits: string) => digits.padStart(2, '0')
  const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:00+08:00`
  return Number.isNaN(toInstantMs(text))
    ? []
    : [{ value: { instant: text }, end: from + all.length, doubt: 0 }]
}

/** A text for a field: in quotes, one of the field's usual values by name, or everything up to where it may end. */
export function textsAt(
  source: Source,
  at: number,
  field: FieldSpec | undefined,
  stops: RegExp,
): readonly ValueHit[] {
  const from = afterSpaces(source, at)
  const quoted = quotedAt(source, from)
  if (quoted) return [quoted]
  const options = field?.options ?? []
  const named = options.flatMap(({ value, name }) =>
    [name.zh, name.en, value].flatMap(word => {
      const end = endOfWord(source, from, word.toLowerCase())
      return end === undefined ? [] : [{ value, end, doubt: 0 }]
    }),
  )
  const bare = bareAt(source, from, stops)
  if (options.length === 0) return bare
  const guessed = bare.flatMap(({ value, end }) => {
    const name = closest(
      String(value),
      options.map(option => option.name.zh),
    )
    const option = options.find(each => each.name.zh === name)
    return option ? [{ value: option.value, end, doubt: 2 }] : []
  })
  return [...named.sort((a, b) => b.end - a.end), ...guessed]
}

function quotedAt({ raw }: Source, from: number): ValueHit | undefined {
  const close = QUOTES[raw[from] ?? '']
  const end = close === undefined ? -1 : raw.indexOf(close, from + 1)
  if (end < 0 || CUT_SHORT.test(raw.slice(from + 1, end))) return undefined
  return { value: raw.slice(from + 1, end), end: end + 1, doubt: 0 }
}

/** Whether every bracket that opens in a text closes in it, and none before it opens. */
function isBalanced(text: string): boolean {
  let open = 0
  for (const character of text) {
    if (character === '(') open++
    if (character === ')' && --open < 0) return false
  }
  return open === 0
}

function bareAt({ raw, plain }: Source, from: number, stops: RegExp): readonly ValueHit[] {
  const ends = [...plain.slice(from).matchAll(stops)]
    .map(({ index }) => from + index)
    .filter(end => end > from)
  return [...new Set([...ends, plain.length])].flatMap((end, index) => {
    const value = raw.slice(from, end).trim()
    // A text that goes on past a joining word is the less likely reading.
    return value === '' || CUT_SHORT.test(value) || !isBalanced(plain.slice(from, end))
      ? []
      : [{ value, end, doubt: Math.min(index, 1) }]
  })
}
