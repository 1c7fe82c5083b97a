export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A part of an answer; an empty one where it is absent. */
export const partOf = (row: Fields, name: string): Fields => {
  const part = row[name]
  return isFields(part) ? part : {}
}

export const listOf = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.filter(isFields) : []

/** A field as text; undefined where it says nothing. */
export const textAt = (row: Fields, name: string): string | undefined => {
  const value = row[name]
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined
}
