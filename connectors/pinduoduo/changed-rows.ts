import type { Span } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { readBackToFront } from '../kit/pages.ts'
import { type Fields, listOf, recordOf, textOf } from '../kit/said.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { callPinduoduo } from './client.ts'
import type { PinduoduoContext } from './settings.ts'

/** The longest page of every list. */
export const PAGE_SIZE = 100

/** An interface that lists what changed within half an hour. */
export interface ChangedList {
  readonly type: string
  /** Where the rows stand in its answer. */
  readonly rows: string
  /** Parameters that let every row pass. */
  readonly all: Readonly<Record<string, unknown>>
}

/**
 * Windows of half an hour at most, their end three minutes before now: what the documentation of the order list
 * asks for. A little less and a little more, since both ends are rounded outwards.
 */
export const CHANGED_WINDOWS = { longestMs: 29 * 60_000, lagMs: 3 * 60_000 + 2_000 } as const

/** Reads what changed within a span, page by page from the last. @throws ConnectorError */
export async function readChanged(
  context: PinduoduoContext,
  { type, rows, all }: ChangedList,
  { from, to }: Span,
  take: (rows: readonly Fields[]) => Promise<void>,
): Promise<void> {
  const page = (number: number) =>
    callPinduoduo(context, type, {
      ...all,
      // Whole seconds, and one more: whether the platform counts the ends in is not documented.
      start_updated_at: unixSeconds(from) - 1,
      end_updated_at: unixSeconds(to) + 1,
      page: number,
      page_size: PAGE_SIZE,
    })
  const rowsOf = (answer: Fields) => listOf(answer[rows]).map(recordOf)

  const first = await page(1)
  const total = totalOf(first, rowsOf(first).length)
  await readBackToFront<Fields>({
    pageSize: PAGE_SIZE,
    total: async () => total,
    // One page holds all: nothing can move to another.
    page: async number => rowsOf(total <= PAGE_SIZE ? first : await page(number)),
    take,
  })
}

function totalOf({ total_count }: Fields, seen: number): number {
  const total = Number(textOf(total_count))
  if (textOf(total_count) !== '' && Number.isInteger(total)) return Math.max(total, seen)
  if (seen < PAGE_SIZE) return seen
  // A full page and no word of how many there are: going on would miss the rest.
  throw new ConnectorError({ class: 'unreadable', said: 'no total_count' })
}
