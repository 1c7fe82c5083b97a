import type { Connection, Connector } from '../api/connection-contract.ts'
import { initials } from '../rules/pinyin.ts'
import { type Standing, standingOf } from './standing.ts'

/** A row of the list: a connection with what is known of its kind, and how it stands. */
export interface ConnectionRow {
  readonly connection: Connection
  readonly connector: Connector | undefined
  readonly standing: Standing
}

/** Worst first: those somebody must act on, those that were begun, those that mend themselves, then the others. */
const ORDER: readonly Standing[] = ['failing', 'unfinished', 'passing', 'ok', 'paused']

export function connectionRows(
  connections: readonly Connection[],
  connectors: readonly Connector[],
): readonly ConnectionRow[] {
  const known = new Map(connectors.map(connector => [connector.id, connector]))
  const rows = connections.map((connection): ConnectionRow => {
    const connector = known.get(connection.connector)
    return { connection, connector, standing: standingOf(connection, connector) }
  })
  return rows.sort((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing))
}

/** The filters over the list; what mends itself is still working. */
export type StandingFilter = 'needs' | 'unfinished' | 'working' | 'paused'

const FILTERS: Readonly<Record<Standing, StandingFilter>> = {
  failing: 'needs',
  unfinished: 'unfinished',
  passing: 'working',
  ok: 'working',
  paused: 'paused',
}

export function narrowed(
  rows: readonly ConnectionRow[],
  { standing, find = '' }: { readonly standing?: string | undefined; readonly find?: string | undefined },
): readonly ConnectionRow[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter(row => {
    if (standing && FILTERS[row.standing] !== standing) return false
    if (words.length === 0) return true
    const { name, shop = '', channel = '', id } = row.connection
    const text = [name, shop, channel, id, row.connector?.name.zh, row.connector?.name.en, initials(name)]
      .join('\n')
      .toLowerCase()
    return words.every(word => text.includes(word))
  })
}

/** How many rows each filter would show. */
export function counted(rows: readonly ConnectionRow[]): Readonly<Record<StandingFilter, number>> {
  const counts: Record<StandingFilter, number> = { needs: 0, unfinished: 0, working: 0, paused: 0 }
  for (const { standing } of rows) counts[FILTERS[standing]] += 1
  return counts
}
