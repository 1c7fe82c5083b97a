import { isSafeNumber, LosslessNumber, parse, stringify } from 'lossless-json'

/** Platform ids exceed 2^53: such a number keeps its digits in a `LosslessNumber`, every other one is plain. */
export function parseExact(text: string): unknown {
  // The exact parser is some ten times slower; only a text with a long run of digits can need it.
  if (!/\d{16}/.test(text)) return JSON.parse(text) as unknown
  return parse(text, undefined, digits =>
    isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits),
  )
}

/** The inverse of `parseExact`; `space` as in JSON.stringify. */
export function printExact(value: unknown, space?: number): string {
  return stringify(value, undefined, space) ?? 'null'
}
