import { readFileSync } from 'node:fs'
import { warehouses } from '../../support/warehouse-shop.ts'
import { benchApi } from '../api.ts'
import { peerWorkflow } from './workflow.ts'

// The table every target of the harness starts from (its lib/stock.js): by the last digit of the SKU's number
// 0–5 in the own warehouse, 6 and 7 in one nearer and one farther than 200 km, 8 nowhere, 9 in the far one only.
const SKUS = 100
/** The most one receipt may bring; more than any run sells. */
const PLENTY = 10_000_000
const SCARCE = { sku: 'SKU-SCARCE', quantity: 5 }

/** Units received by warehouse before the first order; 宁波 is 142 km from 杭州, 武汉 562 km. */
function stockLines(warehouse: string) {
  const isThere = (digit: number) => {
    if (warehouse === 'hangzhou') return digit <= 5
    if (warehouse === 'ningbo') return digit === 6 || digit === 7
    return digit === 6 || digit === 7 || digit === 9
  }
  const plenty = Array.from({ length: SKUS }, (_, index) => index)
    .filter(index => isThere(index % 10))
    .map(index => ({ sku: `SKU-${String(index).padStart(4, '0')}`, quantity: PLENTY }))
  return warehouse === 'hangzhou' ? [...plenty, SCARCE] : plenty
}

/**
 * Makes a fresh server decide as the harness's oracle does: stock, its two channels, a supplier, the workflow.
 * @param url address of a running server
 * @throws when the server refuses anything
 */
export async function setUpPeerShop(url: string): Promise<void> {
  const api = benchApi(url)
  for (const { _id, name, city, point } of warehouses) {
    await api('PUT', `/api/warehouses/${_id}`, { name, city, point })
    await api('POST', '/api/stock/receipts', {
      id: `initial-${_id}`,
      warehouse: _id,
      lines: stockLines(_id),
    })
  }
  for (const channel of ['taobao', 'douyin']) {
    const mapping = JSON.parse(readFileSync(new URL(`./${channel}.json`, import.meta.url), 'utf8')) as object
    await api('PUT', `/api/connections/${channel}`, {
      name: channel,
      connector: 'intake',
      channel,
      shop: channel,
      warehouse: 'hangzhou',
      ...mapping,
    })
  }
  await api('PUT', '/api/connections/supplier', {
    name: '供应商',
    connector: 'supplier',
    channel: 'supplier',
    shop: 'supplier',
  })
  await api('POST', '/api/workflows', { id: 'peer', name: '三仓规则', graph: peerWorkflow })
  await api('POST', '/api/workflows/peer/publish', { note: 'bench' })
}
