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

// Platforms tolerate clocks that are wrong by up to ten minutes; what is read twice is one event.
const OVERLAP_MS = 10 * 60_000

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

/** How long before now rows still move. */
const OPEN_MS = 5 * 60_000

/**
 * The same for a stream whose pages are read back to front. A row that changes within the span that is read stays in
 * it and pushes others onto pages that were read already; so the latest minutes are read apart, and once more with
 * the next poll, when nothing moves there any more.
 */
export async function readMovingWindows(
  context: Pick<PollContext, 'cursors' | 'now' | 'signal'>,
  options: Omit<WindowOptions, 'overlapMs' | 'lagMs'>,
  read: (span: Span) => Promise<void>,
): Promise<void> {
  const to = context.now()
  await readWindows({ ...context, now: () => to }, { ...options, overlapMs: OPEN_MS, lagMs: OPEN_MS }, read)
  if (context.signal.aborted) return
  await read({ from: new Date(to.getTime() - OPEN_MS), to })
  await context.cursors.set(options.stream, to)
}
