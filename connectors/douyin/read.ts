import { listOf, textOf } from '../kit/said.ts'

/** What the platform sent, of which nothing is certain until it was looked at. */
export type Row = Readonly<Record<string, unknown>>

/** The objects of a list; what is none is passed over. */
export const rowsOf = (value: unknown): readonly Row[] =>
  listOf(value).filter((entry): entry is Row => typeof entry === 'object' && entry !== null)

/** A number that came as one or as its digits, since its documents write the same field as either; 0 for nothing. */
export function numberOf(value: unknown): number {
  const number = Number(textOf(value))
  return Number.isFinite(number) ? number : 0
}
