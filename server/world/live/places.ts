import type { ActionName } from '../../../connectors/kit/action.ts'
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

/** @param actionsOf what connectors of a kind can do for workflows */
export function readPlaces(
  store: Store,
  workspace: string,
  actionsOf: (connector: string) => readonly ActionName[] = () => [],
): Places {
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
        next.set(
          doc._id,
          known?.asRead === asRead ? known : { facts: factsOf(doc, actionsOf(doc.connector)), asRead },
        )
      }
      connections = next
    },
  }
}

const factsOf = (doc: ConnectionDoc, actions: readonly ActionName[]): ConnectionFacts => ({
  id: doc._id,
  name: doc.name,
  channel: doc.channel,
  shop: doc.shop,
  ...(doc.warehouse && { warehouse: doc.warehouse }),
  ...(doc.mapping !== undefined && { mapping: doc.mapping }),
  ...(doc.url && { url: doc.url }),
  ...(doc.enabled && actions.length > 0 && { actions }),
  ...sellsOf(doc, actions),
})

/** Only where orders come from something is sold; a connector that writes stock can take it off sale by itself. */
function sellsOf(doc: ConnectionDoc, actions: readonly ActionName[]): Pick<ConnectionFacts, 'sells'> {
  if (!doc.enabled || doc.connector === 'supplier') return {}
  if (doc.url || actions.includes('stock')) return { sells: 'call' }
  return actions.length > 0 ? {} : { sells: 'hand' }
}
