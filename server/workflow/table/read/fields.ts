import { closest } from '../../closest.ts'
import type { FieldSpec } from '../../field.ts'
import { phrasesAt, signs } from './lexicon.ts'
import { afterSpaces, endOfWord, type Source } from './source.ts'

/** A field found in a text by its name. */
export interface FieldHit {
  readonly field: FieldSpec
  readonly end: number
  readonly doubt: number
}

const LONGEST_WORD = 14
/** What no field's name goes on through. */
const STOP = /[\s()「」『』"“”:\d¥不]/u

/** The fields whose name stands at a position: the longest names first; without any, the one that was likely meant. */
export function fieldsAtText(source: Source, at: number, fields: readonly FieldSpec[]): readonly FieldHit[] {
  const from = afterSpaces(source, at)
  const exact = fields.flatMap(field => {
    const ends = [field.name.zh, field.name.en, field.path].flatMap(
      name => endOfWord(source, from, name.toLowerCase()) ?? [],
    )
    return ends.length > 0 ? [{ field, end: Math.max(...ends), doubt: 0 }] : []
  })
  if (exact.length > 0) return exact.sort((a, b) => b.end - a.end)
  return meantAt(source, from, fields)
}

function meantAt(source: Source, from: number, fields: readonly FieldSpec[]): readonly FieldHit[] {
  const end = endOfName(source, from)
  const word = source.plain.slice(from, end)
  if (word === '' || word.length > LONGEST_WORD) return []
  const containing = fields.filter(
    ({ name }) =>
      word.length > 1 && (name.zh.toLowerCase().includes(word) || name.en.toLowerCase().includes(word)),
  )
  const near = preferred(containing, source, fields)
  if (near.length > 0) return near.map(field => ({ field, end, doubt: near.length }))
  const name = closest(
    word,
    fields.map(field => field.name.zh),
  )
  const field = name === undefined ? undefined : fields.find(each => each.name.zh === name)
  return field ? [{ field, end, doubt: 2 }] : []
}

function endOfName(source: Source, from: number): number {
  for (let at = from; at < source.plain.length; at++) {
    const isWordStart = !/[a-z]/.test(source.plain[at - 1] ?? '') || at === from
    if (STOP.test(source.plain[at]!) || (isWordStart && phrasesAt(signs, source, at).length > 0)) return at
  }
  return source.plain.length
}

/** Of several fields, those of a group the text names anyway: 「邻近仓够货 且 距离 …」 is about the near warehouse. */
function preferred(
  found: readonly FieldSpec[],
  { plain }: Source,
  fields: readonly FieldSpec[],
): readonly FieldSpec[] {
  if (found.length < 2) return found
  const named = new Set(fields.filter(({ name }) => plain.includes(name.zh.toLowerCase())).map(groupOf))
  const near = found.filter(field => named.has(groupOf(field)))
  return near.length > 0 ? near : found
}

/** `stock.near` of `stock.near.distanceKm`. */
export function groupOf({ path }: FieldSpec): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}
