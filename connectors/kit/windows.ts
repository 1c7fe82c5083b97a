import type { PollContext, Span } from '../connector.ts'

export interface WindowOptions {
  /** Which stream of the connection is read: `orders`, `refunds`. */
  readonly stream: string
  /** The platform's longest span of one query. */
  readonly longestMs: number
  /** Read again from this long before the end of what was read: clocks differ, and rows appear late. */
  readonly overlapMs?: number
  /** How long the end trails now. */
  readonly lagMs?: number
  /** How far back the first poll reads. */
  readonly firstMs: number
}

const OVERLAP_MS = 2 * 60_000

/**
 * Reads a stream from where it was read to last until now, window by window, so that a gap of any length is
 * filled. The cursor moves on only behind a window whose rows are durable.
 * @param read hands the rows of a window over; what it throws leaves the cursor where it is
 */
export async function readWindows(
  { cursors, now, signal }: Pick<PollContext, 'cursors' | 'now' | 'signal'>,
  { stream, longestMs, overlapMs = OVERLAP_MS, lagMs = 0, firstMs }: WindowOptions,
  read: (span: Span) => Promise<void>,
): Promise<void> {
  const end = now().getTime() - lagMs
  const known = await cursors.get(stream)
  let from = known ? known.getTime() - overlapMs : end - firstMs
  while (from < end && !signal.aborted) {
    const to = Math.min(from + longestMs, end)
    await read({ from: new Date(from), to: new Date(to) })
    await cursors.set(stream, new Date(to))
    from = to
  }
}
