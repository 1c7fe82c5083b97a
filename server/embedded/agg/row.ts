import { decodePlain } from './plain.ts'

/** A document on its way through a pipeline; it is decoded at most once, and only if something asks for it. */
export interface Row {
  readonly raw: Uint8Array
  plain?: Record<string, unknown>
}

/** The document as plain values. */
export function plainOf(row: Row): Record<string, unknown> {
  row.plain ??= decodePlain(row.raw)
  return row.plain
}
