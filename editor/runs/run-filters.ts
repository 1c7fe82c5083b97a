import type { RunStatus } from '../api/contract.ts'
import type { Filters } from '../parts/use-filters.ts'

/** Filters of the runs by the names they have in the page's address. `runs` is the status. */
export const RUN_FILTERS = [
  'order',
  'phone',
  'sku',
  'runs',
  'outcome',
  'since',
  'from',
  'to',
  'version',
  'node',
] as const
export type RunFilter = (typeof RUN_FILTERS)[number]

export const STATUSES: readonly RunStatus[] = ['failed', 'waiting', 'done']

export const STRETCHES = ['hour', 'today', 'week', 'own'] as const
export type Stretch = (typeof STRETCHES)[number]

const HOUR_MS = 3_600_000
const WEEK_MS = 7 * 24 * HOUR_MS
/** Days of the business are days of Asia/Shanghai, which knows no summer time. */
const ZONE = '+08:00'
const ZONE_MS = 8 * HOUR_MS
const DAY_MS = 24 * HOUR_MS

/**
 * The question the list asks the server, of one workflow or of all. `now` in ms since 1970: what "the last hour" is counted from; instants
 * the person chose are `YYYY-MM-DDTHH:mm` on the clock of Asia/Shanghai.
 */
export function runQuestion(
  filters: Filters<RunFilter>,
  now: number,
  workflow?: string,
): Readonly<Record<string, string>> {
  const { order, phone, sku, runs, outcome, version, node } = filters
  const asked = {
    status: STATUSES.find(each => each === runs),
    workflow,
    orderId: order,
    phone,
    sku,
    outcome,
    version,
    node,
    ...stretchOf(filters, now),
  }
  return Object.fromEntries(
    Object.entries(asked).flatMap(([key, value]) => (value ? [[key, value] as const] : [])),
  )
}

function stretchOf({ since, from, to }: Filters<RunFilter>, now: number): { from?: string; to?: string } {
  if (since === 'hour') return { from: iso(now - HOUR_MS) }
  if (since === 'today') return { from: iso(now - ((now + ZONE_MS) % DAY_MS)) }
  if (since === 'week') return { from: iso(now - WEEK_MS) }
  if (since !== 'own') return {}
  return { ...instantOf('from', from), ...instantOf('to', to) }
}

function instantOf(name: 'from' | 'to', typed: string | undefined): { from?: string; to?: string } {
  const at = Date.parse(`${typed}:00${ZONE}`)
  return Number.isNaN(at) ? {} : { [name]: iso(at) }
}

const iso = (at: number) => new Date(at).toISOString()
