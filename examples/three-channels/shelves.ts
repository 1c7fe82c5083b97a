import type { ServerClient } from '../stage/server-client.ts'
import type { EventView, OrderView, QuarantineView } from '../stage/views.ts'
import { SHOPS } from './channels.ts'
import type { StoryOrder } from './orders.ts'

/** What the product has of the three shops. */
export interface Shelves {
  readonly orders: readonly OrderView[]
  readonly quarantine: readonly QuarantineView[]
  readonly events: readonly EventView[]
  /** What orders and quarantined documents are called. */
  readonly names: ReadonlySet<string>
}

export async function readShelves(server: ServerClient): Promise<Shelves> {
  const connections = new Set(Object.values(SHOPS).map(shop => shop.connection))
  const orders = (await server.all<OrderView>('/api/orders')).filter(each =>
    connections.has(each.key.slice(0, each.key.indexOf(':'))),
  )
  const quarantine = (await server.all<QuarantineView>('/api/quarantine')).filter(each =>
    connections.has(each.connection),
  )
  const events = (await server.all<EventView>('/api/events')).filter(each => connections.has(each.connection))
  const names = new Set([...orders.map(each => each.key), ...quarantine.map(nameInQuarantine)])
  return { orders, quarantine, events, names }
}

/** How a document is called once it is on a shelf: by its order key, or as quarantine shows it. */
export function nameOf({ kind, defect, orderKey, orderId, text }: StoryOrder): string {
  if (kind !== 'malformed') return orderKey
  return defect === 'cut-off' ? text : orderId
}

/** A quarantined document by its order id; a text that is no JSON by itself. */
export function nameInQuarantine({ body }: QuarantineView): string {
  try {
    const document = JSON.parse(body) as { tid_str?: string; order_id?: string; order_sn?: string }
    return document.tid_str ?? document.order_id ?? document.order_sn ?? body
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return body
  }
}
