import type { ConnectionFacts, Seller } from './world.ts'

/** The shops among connections that sell, in the order of their ids. */
export function sellersAmong(connections: Iterable<ConnectionFacts>): readonly Seller[] {
  const sellers: Seller[] = []
  for (const { id, name, channel, sells } of connections)
    if (sells !== undefined) sellers.push({ id, name, channel, sells })
  return sellers.sort((a, b) => (a.id < b.id ? -1 : 1))
}
