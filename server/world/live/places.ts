import type { ConnectionDoc } from '../../store/connection-doc.ts'
import type { Store } from '../../store/store.ts'
import { sellersAmong } from '../sellers.ts'
import type { WarehousePlace } from '../stock-facts.ts'
import type { ConnectionFacts, Seller } from '../world.ts'

/** Warehouses and connections as the world knows them: few, read often, changed rarely. */
export interface Places {
  readonly warehouses: readonly WarehousePlace[]
  connection(id: string): ConnectionFacts | undefined
  readonly connectionIds: readonly string[]
  sellers(): readonly Seller[]
  /** Reads them again; called after a change in this process and every few seconds for those of others. */
  refresh(): Promise<void>
}

export function readPlaces(store: Store, workspace: string): Places {
  let warehouses: readonly WarehousePlace[] = []
  let warehousesAsRead = ''
  let connections = new Map<string, { facts: ConnectionFacts; asRead: string }>()
  return {
    get warehouses() {
      return warehouses
    },
    connection: id => connections.get(id)?.facts,
    get connectionIds() {
      return [...connections.keys()]
    },
    sellers: () => sellersAmong(Array.from(connections.values(), ({ facts }) => facts)),
    async refresh() {
      const [places, links] = await Promise.all([
        store.warehouses.find({ workspace }).sort({ _id: 1 }).lean(),
        store.connections.find({ workspace }).lean(),
      ])
      // The same objects as before where nothing changed: what is compiled from them is kept by identity.
      const read = JSON.stringify(places)
      if (read !== warehousesAsRead) {
        warehousesAsRead = read
        warehouses = places.map(({ _id, name, point }) => ({ id: _id, name, point }))
      }
      const next = new Map<string, { facts: ConnectionFacts; asRead: string }>()
      for (const doc of links) {
        const asRead = JSON.stringify(doc)
        const known = connections.get(doc._id)
        next.set(doc._id, known?.asRead === asRead ? known : { facts: factsOf(doc), asRead })
      }
      connections = next
    },
  }
}

const factsOf = (doc: ConnectionDoc): ConnectionFacts => ({
  id: doc._id,
  name: doc.name,
  channel: doc.channel,
  shop: doc.shop,
  ...(doc.warehouse && { warehouse: doc.warehouse }),
  ...(doc.mapping !== undefined && { mapping: doc.mapping }),
  ...(doc.url && { url: doc.url }),
  ...(doc.enabled && doc.connector !== 'supplier' && { sells: doc.url ? 'call' : 'hand' }),
})
