import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { LiveMessage, NodeCounts } from '../api/contract.ts'
import { live } from '../live/feed.ts'

/** The published version whose traffic the canvas shows; none while something else is drawn. */
export const WatchedVersion = createContext<
  { readonly workflow: string; readonly version: number } | undefined
>(undefined)

export type CountsByNode = Readonly<Record<string, NodeCounts>>

export function countsOf(message: LiveMessage | undefined, workflow: string, version: number): CountsByNode {
  return message?.workflows.find(each => each.id === workflow && each.version === version)?.nodes ?? nothing
}

const nothing: CountsByNode = {}

/**
 * One number out of the live counts of the watched version. A card or line that shows it is drawn again only
 * when that number changes, however many others do.
 */
export function useLiveNumber(pick: (counts: CountsByNode) => number): number {
  const watched = useContext(WatchedVersion)
  const read = useCallback(
    () => (watched ? pick(countsOf(live.get().latest, watched.workflow, watched.version)) : 0),
    [watched, pick],
  )
  return useSyncExternalStore(live.subscribe, read)
}

export function throughPort(counts: CountsByNode, node: string, port: string): number {
  return counts[node]?.ports[port] ?? 0
}

/** Share of the busiest exit's traffic that goes through this one, 0 to 1, in steps that can be seen. */
export function shareOfTraffic(counts: CountsByNode, node: string, port: string): number {
  let most = 0
  for (const each of Object.values(counts)) {
    for (const through of Object.values(each.ports)) most = Math.max(most, through)
  }
  return most === 0 ? 0 : Math.round((throughPort(counts, node, port) / most) * 20) / 20
}
