import { setTimeout as sleep } from 'node:timers/promises'
import { plainConnection, warehouses, warehouseWorkflow } from '../support/warehouse-shop.ts'
import { benchApi, metric } from './api.ts'
import { benchStock } from './orders.ts'

export const INTAKE = '/api/intake/plain'
/** Runs that came to their end. */
export const DECIDED = 'orderloom_runs_total{status="done"}'

/**
 * Gives a fresh server the shop of all measurements: three warehouses with stock, one channel, the published
 * workflow with duplicates and the three-row table.
 * @throws when the server refuses
 */
export async function setUpBenchShop(url: string): Promise<void> {
  const api = benchApi(url)
  for (const { _id, name, city, point } of warehouses)
    await api('PUT', `/api/warehouses/${_id}`, { name, city, point })
  for (const [warehouse, skus] of Object.entries(benchStock()))
    await api('POST', '/api/stock/receipts', {
      id: `initial-${warehouse}`,
      warehouse,
      lines: Object.entries(skus).map(([sku, quantity]) => ({ sku, quantity })),
    })
  const { _id: id, name, connector, channel, shop, warehouse, identity, mapping } = plainConnection()
  await api('POST', '/api/connections', { id, name, connector, channel, shop, warehouse, identity, mapping })
  await api('POST', '/api/connections', {
    id: 'supplier',
    name: '供应商',
    connector: 'supplier',
    channel: 'supplier',
    shop: 'supplier',
  })
  await api('POST', '/api/workflows', { id: 'bench', name: '三仓规则', graph: warehouseWorkflow })
  await api('POST', '/api/workflows/bench/publish', { note: 'bench' })
}

/** Waits until everything accepted is decided. */
export async function untilDrained(url: string): Promise<void> {
  while ((await metric(url, 'orderloom_backlog_events')) > 0) await sleep(50)
}
