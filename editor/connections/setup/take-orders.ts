import type { WorkflowDetail } from '../../api/contract.ts'
import { request } from '../../api/request.ts'
import { signed } from '../../workflows/signed.ts'

/**
 * Makes and publishes the smallest workflow there is: every new order is read by the mapping of its connection and
 * kept, one that cannot be read waits in the quarantine. Without any workflow orders would come in and never be seen.
 */
export async function takeOrders(names: {
  workflow: string
  accepted: string
  refused: string
}): Promise<void> {
  const made = await request<WorkflowDetail>('/workflows', {
    method: 'POST',
    body: { name: names.workflow, graph: graphOf(names), ...signed() },
  })
  await request(`/workflows/${encodeURIComponent(made.id)}/publish`, {
    method: 'POST',
    body: { ...signed() },
  })
}

function graphOf({ accepted, refused }: { accepted: string; refused: string }) {
  const end = (id: string, outcome: string, label: string, y: number) => ({
    id,
    type: 'flow.end',
    label,
    params: { outcome, orderStatus: outcome, label },
    position: { x: 760, y },
  })
  return {
    nodes: [
      { id: 'received', type: 'order.received', params: { orders: 'new' }, position: { x: 0, y: 0 } },
      { id: 'map', type: 'data.map', params: { use: 'connection' }, position: { x: 380, y: 0 } },
      end('end-accepted', 'accepted', accepted, 0),
      end('end-quarantined', 'quarantined', refused, 200),
    ],
    edges: [
      { from: 'received', port: 'received', to: 'map' },
      { from: 'map', port: 'ok', to: 'end-accepted' },
      { from: 'map', port: 'invalid', to: 'end-quarantined' },
    ],
  }
}
