import { fillTemplate } from '../../rules-library/fill-template.ts'
import type { WorkflowTemplate } from '../../rules-library/template.ts'
import { hangzhou, ningbo } from '../stage/places.ts'
import { projectJson } from '../stage/project-json.ts'
import { type ShopApi, setUpConnection, setUpWarehouse, setUpWorkflow } from '../stage/shop-api.ts'
import { SHOPS } from './channels.ts'
import { type Units, unitsFor } from './hot-products.ts'
import type { Receivers } from './receivers.ts'

/** Units of one product sold in a minute that count as a spike: 300 where 18,000 orders are to come. */
const spikePerMinute = (orders: number) => Math.max(1, Math.round(orders / 60))

/**
 * Gives the brand two warehouses with what there is to sell, its four shops, and two workflows: one decides every
 * order, the other stops the sale of what sells too fast.
 * @param orders how many are to come
 * @throws when the server refuses
 */
export async function setUpSale(api: ShopApi, orders: number, receivers: Receivers): Promise<void> {
  const units = unitsFor(orders)
  const stockOf = (part: keyof Units) =>
    Object.fromEntries(Array.from(units, ([sku, each]) => [sku, each[part]]))
  await setUpWarehouse(api, { ...hangzhou, receipt: 'sale-hangzhou', stock: stockOf('own') })
  await setUpWarehouse(api, { ...ningbo, receipt: 'sale-ningbo', stock: stockOf('near') })
  for (const { connection, channel, name, mapping } of SHOPS)
    await setUpConnection(api, connection, {
      name,
      connector: 'intake',
      channel,
      shop: name,
      warehouse: 'hangzhou',
      url: receivers.urlOf(connection),
      ...projectJson<Record<string, unknown>>(mapping),
    })
  await setUpConnection(api, 'sale-supplier', {
    name: '素衣面料供应商',
    connector: 'supplier',
    channel: 'supplier',
  })
  await setUpWorkflow(api, {
    id: 'sale-orders',
    name: '大促：订单处理',
    graph: fillTemplate(projectJson<WorkflowTemplate>('rules-library/fulfilment/three-warehouses.json'), {
      connections: SHOPS.map(shop => shop.connection),
      supplier: 'sale-supplier',
    }),
    note: '大促版',
  })
  await setUpWorkflow(api, {
    id: 'sale-freeze',
    name: '大促：卖得太快就停售',
    graph: fillTemplate(projectJson<WorkflowTemplate>('rules-library/flash-sale/hot-stock.json'), {
      unitsPerMinute: spikePerMinute(orders),
    }),
    note: '大促版',
  })
}
