import { parse } from 'lossless-json'
import { fillTemplate } from '../../rules-library/fill-template.ts'
import type { WorkflowTemplate } from '../../rules-library/template.ts'
import { hangzhou, ningbo, wuhan } from '../stage/places.ts'
import { projectJson } from '../stage/project-json.ts'
import {
  type ShopApi,
  setUpConnection,
  setUpWarehouse,
  setUpWorkflow,
  type WarehouseSetUp,
} from '../stage/shop-api.ts'
import { catalogue } from './catalogue.ts'
import { SHOPS, type Shop } from './channels.ts'
import { storyOrders } from './orders.ts'

export type { ShopApi } from '../stage/shop-api.ts'

/** Units by place in the catalogue: some SKUs run out soon, so that orders go every way there is. */
const UNITS: Readonly<Record<string, readonly number[]>> = {
  hangzhou: [160, 8, 120, 0, 200, 3],
  ningbo: [40, 90, 0, 80, 20, 60],
  wuhan: [0, 300, 200, 300, 0, 0],
}

const warehouses: readonly WarehouseSetUp[] = [hangzhou, ningbo, wuhan].map(place => ({
  ...place,
  receipt: `suyi-${place.id}`,
  stock: Object.fromEntries(catalogue.map(({ sku }, index) => [sku, UNITS[place.id]![index % 6]!])),
}))

/** How the product gets the orders of a shop: the fields of its connection that say so. */
export type WayIn = (shop: Shop) => Readonly<Record<string, unknown>>

/** The shop's documents are posted to it. */
const posted: WayIn = () => ({ connector: 'intake', settings: {}, enabled: true })

/**
 * Gives the fashion brand its three warehouses with stock, a connection for each channel, a supplier, and the
 * published workflow its orders go through. Done before, it changes nothing.
 * @throws when the server refuses
 */
export async function setUpShop(api: ShopApi, wayIn: WayIn = posted): Promise<void> {
  for (const warehouse of warehouses) await setUpWarehouse(api, warehouse)
  for (const shop of Object.values(SHOPS))
    await setUpConnection(api, shop.connection, {
      name: shop.name,
      channel: shop.channel,
      shop: shop.name,
      warehouse: 'hangzhou',
      ...projectJson<Record<string, unknown>>(`connectors/${shop.channel}/mapping.json`),
      ...wayIn(shop),
    })
  await setUpConnection(api, 'suyi-supplier', {
    name: '素衣面料供应商',
    connector: 'supplier',
    channel: 'supplier',
  })
  const template = projectJson<WorkflowTemplate>('rules-library/fulfilment/three-warehouses.json')
  await setUpWorkflow(api, {
    id: 'suyi-orders',
    name: '素衣：三渠道订单处理',
    graph: fillTemplate(template, {
      connections: Object.values(SHOPS).map(shop => shop.connection),
      supplier: 'suyi-supplier',
    }),
    note: '首次发布',
  })
}

/** A delivery of one document. `document` is what a JSON parser makes of `text`, ids beyond 2^53 as text. */
export interface Delivery {
  readonly connection: string
  /** Of a text that is cut off in the middle: that text. */
  readonly document: unknown
  /** What the platform sends, byte for byte. */
  readonly text: string
}

/**
 * 3,000 deliveries of the three shops, ordered from 100 minutes ago until now. Another seed, other orders.
 */
export function* orderStream(seed: number): Generator<Delivery> {
  const from = new Date(Date.now() - 100 * 60_000)
  for (const { connection, text, defect } of storyOrders(seed, { from }))
    yield { connection, text, document: defect === 'cut-off' ? text : parse(text, undefined, readableNumber) }
}

function readableNumber(digits: string): number | string {
  const number = Number(digits)
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? digits : number
}
