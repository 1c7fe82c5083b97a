import type { RouteNode } from '../../connectors/kit/parcel.ts'

const MOST_NODES = 50

const keyOf = ({ at, text }: RouteNode) => `${at.getTime()} ${text}`

/**
 * What is known of a parcel's way, oldest first, the newest 50. A node said again is the same one in its newest
 * form: pushes and queries word codes differently. Those of one second stand in the order they were said.
 */
export function mergeNodes(known: readonly RouteNode[], told: readonly RouteNode[]): RouteNode[] {
  const byKey = new Map(known.map(node => [keyOf(node), node]))
  for (const node of told) byKey.set(keyOf(node), node)
  return [...byKey.values()].sort((one, other) => one.at.getTime() - other.at.getTime()).slice(-MOST_NODES)
}
