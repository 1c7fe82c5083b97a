import type { WorkflowGraph } from '../workflow/workflow.ts'

/** Of all orders, those a workflow asks for at its beginning; whether an order is new to it only working it tells. */
export interface WantedOrders {
  readonly connections?: readonly string[]
  readonly channels?: readonly string[]
}

const TRIGGER = 'order.received'

/** @returns undefined for a workflow that is not started by orders */
export function wantedOrders(graph: WorkflowGraph): WantedOrders | undefined {
  return graph.nodes.find(({ type }) => type === TRIGGER)?.params as WantedOrders | undefined
}

/** A filter on `events`: the orders wanted that came between two instants. */
export function receivedFilter(
  workspace: string,
  { connections = [], channels = [] }: WantedOrders,
  from: Date,
  until: Date,
): Record<string, unknown> {
  return {
    workspace,
    kind: 'order',
    receivedAt: { $gte: from, $lte: until },
    ...(connections.length > 0 && { connection: { $in: connections } }),
    ...(channels.length > 0 && { channel: { $in: channels } }),
  }
}
