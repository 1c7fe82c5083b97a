import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import type { LiveMessage, NodeCounts } from '../api/contract.ts'
import type { Store } from '../live/store.ts'

export type CountsByNode = Readonly<Record<string, NodeCounts>>

/** What goes through the drawing on screen: live, or in a test of many orders. */
export interface Traffic {
  readonly counts: Store<CountsByNode>
  /** True for a test: drawn in the colour of the simulated world. */
  readonly simulated: boolean
}

/** The traffic the canvas shows; none while only the drawing is shown. */
export const TrafficOnShow = createContext<Traffic | undefined>(undefined)

export function countsOf(message: LiveMessage | undefined, workflow: string, version: number): CountsByNode {
  return message?.workflows.find(each => each.id === workflow && each.version === version)?.nodes ?? nothing
}

const nothing: CountsByNode = {}
const neverChanges = () => () => undefined

/**
 * One number out of the traffic on show. A card or line that shows it is drawn again only when that number
 * changes, however many others do.
 */
export function useLiveNumber(pick: (counts: CountsByNode) => number): number {
  const counts = useContext(TrafficOnShow)?.counts
  const read = useCallback(() => pick(counts?.get() ?? nothing), [counts, pick])
  return useSyncExternalStore(counts?.subscribe ?? neverChanges, read)
}

export function throughPort(counts: CountsByNode, node: string, port: string): number {
  return counts[node]?.ports[port] ?? 0
}

/** Share of the busiest exit's traffic that goes through this one, 0 to 1, in steps that can be seen. */
export function shareOfTraffic(counts: CountsByNode, node: string, port: string): number {
  const most = busiest(counts)
  return most === 0 ? 0 : Math.round((throughPort(counts, node, port) / most) * 20) / 20
}

// Every line asks the same of the same counts: worked out once for each message.
const busiestOf = new WeakMap<CountsByNode, number>()

function busiest(counts: CountsByNode): number {
  const known = busiestOf.get(counts)
  if (known !== undefined) return known
  let most = 0
  for (const each of Object.values(counts)) {
    for (const through of Object.values(each.ports)) most = Math.max(most, through)
  }
  busiestOf.set(counts, most)
  return most
}
