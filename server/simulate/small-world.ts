import type { SimulatedState } from '../nodes/node-type.ts'
import type { Order } from '../workflow/order.ts'

type StoredOrder = NonNullable<SimulatedState['orders']>[number]

/**
 * A small world as JSON text, to be kept with a case. Field names in it may be any text (SKUs), which a store
 * does not take as names of fields.
 */
export function worldText(state: SimulatedState, connection: string): string {
  // Other connections serve as suppliers: how their orders are mapped is of no use here. Addresses may hold
  // secrets, and nothing goes out to them.
  const connections = state.connections?.map(({ url: _, ...each }) =>
    each.id === connection ? each : { ...each, mapping: undefined },
  )
  return JSON.stringify({ ...state, connections })
}

/** The small world a text holds. @throws SyntaxError for what is no JSON */
export function worldOf(text: string): SimulatedState {
  const { now, sightings = [], orders = [], ...rest } = JSON.parse(text) as SimulatedState
  return {
    ...rest,
    ...(now && { now: new Date(now) }),
    sightings: sightings.map(each => ({ ...each, at: new Date(each.at) })),
    orders: orders.map((each): StoredOrder => ({ ...each, order: withInstants(each.order) })),
  }
}

function withInstants(order: Order): Order {
  const { orderedAt, paidAt, modifiedAt } = order
  return {
    ...order,
    orderedAt: new Date(orderedAt),
    ...(paidAt && { paidAt: new Date(paidAt) }),
    ...(modifiedAt && { modifiedAt: new Date(modifiedAt) }),
  }
}
