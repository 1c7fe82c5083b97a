import type { WorkflowGraph } from '../../server/workflow/workflow.ts'

/** The product's HTTP API, as far as setting up a shop needs it. */
export interface ShopApi {
  /** @param path below the server's address, `/api/orders`; @param body sent as JSON */
  request(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>
}

export interface WarehouseSetUp {
  readonly id: string
  readonly name: string
  readonly city: string
  readonly point: { readonly lng: number; readonly lat: number }
  /** Id of the receipt that brings the first goods. */
  readonly receipt: string
  /** Units received before the first order, by SKU; none where 0. */
  readonly stock: Readonly<Record<string, number>>
}

export interface WorkflowSetUp {
  readonly id: string
  readonly name: string
  readonly graph: WorkflowGraph
  readonly note: string
}

/**
 * Adds a warehouse and takes in its first goods; done before, it changes nothing.
 * @throws when the server refuses
 */
export async function setUpWarehouse(api: ShopApi, warehouse: WarehouseSetUp): Promise<void> {
  const { id, name, city, point, receipt, stock } = warehouse
  await must(api, 'PUT', `/api/warehouses/${id}`, { name, city, point })
  const lines = Object.entries(stock).flatMap(([sku, quantity]) => (quantity > 0 ? [{ sku, quantity }] : []))
  if (lines.length === 0) return
  await must(api, 'POST', '/api/stock/receipts', { id: receipt, warehouse: id, lines, reason: '期初入库' })
}

/** @throws when the server refuses */
export async function setUpConnection(
  api: ShopApi,
  id: string,
  connection: Record<string, unknown>,
): Promise<void> {
  await must(api, 'PUT', `/api/connections/${id}`, connection)
}

/**
 * Publishes a workflow unless exactly this drawing is live.
 * @throws when the server refuses; the message names every problem it has with the drawing
 */
export async function setUpWorkflow(api: ShopApi, { id, name, graph, note }: WorkflowSetUp): Promise<void> {
  const found = await api.request('GET', `/api/workflows/${id}`)
  if (found.status === 404) await must(api, 'POST', '/api/workflows', { id, name, graph })
  else {
    const { draft, draftRev, published } = found.body as {
      draft: WorkflowGraph
      draftRev: number
      published?: unknown
    }
    if (published && sameJson(draft, graph)) return
    await must(api, 'PUT', `/api/workflows/${id}/draft`, { graph, rev: draftRev, name })
  }
  await must(api, 'POST', `/api/workflows/${id}/publish`, { note })
}

async function must(api: ShopApi, method: string, path: string, body: unknown): Promise<void> {
  const answer = await api.request(method, path, body)
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: HTTP ${answer.status} ${JSON.stringify(answer.body).slice(0, 4_000)}`)
}

/** Equal whatever the order of keys: a store need not keep it. */
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
