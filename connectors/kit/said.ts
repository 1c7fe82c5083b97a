/** What a platform said, of which nothing is certain until it was looked at. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads answers whose form nobody vouches for: what is not there, or is something else, reads as empty. */
export const recordOf = (value: unknown): Fields => (isFields(value) ? { ...value } : {})

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** The objects of a list; what is none is passed over. */
export const rowsOf = (value: unknown): readonly Fields[] => listOf(value).filter(isFields)

/** Texts and numbers as text: platforms are not of one mind which of them a code is. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/** A field as text; undefined where it says nothing. */
export const textAt = (row: Fields | undefined, name: string): string | undefined =>
  textOf(row?.[name]) || undefined

/** A part of an answer; an empty one where it is absent. */
export const partOf = (row: Fields, name: string): Fields => recordOf(row[name])

/** A number that came as one or as its digits; 0 for nothing. */
export function numberOf(value: unknown): number {
  const number = Number(textOf(value))
  return Number.isFinite(number) ? number : 0
}
