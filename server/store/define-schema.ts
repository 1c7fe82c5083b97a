import { Schema } from 'mongoose'

type Field = typeof String | typeof Number | typeof Boolean | typeof Date | typeof Schema.Types.Mixed

/** Any JSON: what stands in such a field is checked where it comes in, not by mongoose. */
export const { Mixed } = Schema.Types

/**
 * A collection's schema. The document's type is written by hand and the fields are listed beside it; the schema
 * itself stays untyped: working one type out of the other costs the type checker a minute over all collections.
 */
export function defineSchema<T>(
  collection: string,
  fields: { readonly [name in Exclude<keyof T, symbol>]-?: Field | readonly [Field] },
): Schema {
  return new Schema(fields as Record<string, Field>, { collection, versionKey: false, minimize: false })
}
