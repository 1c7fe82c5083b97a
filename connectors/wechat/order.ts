import { ConnectorError } from '../kit/fault.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import type { WechatContext } from './access.ts'
import { readAfterSale, type WechatAfterSale } from './after-sale.ts'
import { callShop } from './client.ts'
import { type OrderDocument, orderDocument } from './document.ts'
import { NO_SUCH_ORDER } from './faults.ts'

/** How many orders are read at once. */
const AT_ONCE = 8

/** `order` of `order/get`, as far as we read it. Amounts are fen, times Unix seconds. */
export interface WechatOrder {
  readonly order_id: string
  readonly status?: number
  readonly update_time?: number
  readonly order_detail?: {
    readonly product_infos?: readonly WechatLine[]
    readonly delivery_info?: {
      readonly address_info?: object
      readonly delivery_product_info?: readonly WechatParcel[]
    }
  }
  readonly aftersale_detail?: {
    readonly aftersale_order_list?: readonly { readonly aftersale_order_id: string | number }[]
  }
}

export interface WechatLine {
  readonly product_id?: string
  readonly sku_id?: string
  readonly sku_code?: string
  readonly out_sku_id?: string
  readonly sku_cnt?: number
  readonly on_aftersale_sku_cnt?: number
  readonly finish_aftersale_sku_cnt?: number
}

interface WechatParcel {
  readonly waybill_id?: string
  readonly delivery_id?: string
  readonly product_infos?: readonly {
    readonly product_id?: string
    readonly sku_id?: string
    readonly product_cnt?: number
  }[]
}

/** The merchant's code of a line, by which we know its SKU. */
export const skuOf = (line: WechatLine): string =>
  [line.sku_code, line.out_sku_id, line.sku_id].find(code => code !== undefined && code !== '') ?? ''

/** One order as the platform tells it; undefined when it knows none of this id. @throws ConnectorError */
export async function getOrder(context: WechatContext, id: string): Promise<WechatOrder | undefined> {
  try {
    const { order } = await callShop<{ order: WechatOrder }>(context, {
      path: 'order/get',
      body: { order_id: id },
    })
    return order
  } catch (error) {
    if (error instanceof ConnectorError && error.fault.code === NO_SUCH_ORDER) return undefined
    throw error
  }
}

/**
 * Orders with their after-sales, side by side. Ids the platform does not know are left out.
 * @param known after-sales that were read already, by order id
 * @throws ConnectorError
 */
export async function readOrders(
  context: WechatContext,
  ids: readonly string[],
  known: ReadonlyMap<string, readonly WechatAfterSale[]> = new Map(),
): Promise<OrderDocument[]> {
  const read = await sideBySide(ids, AT_ONCE, async id => {
    const order = await getOrder(context, id)
    return order && orderDocument(order, await afterSalesOf(context, order, known.get(id) ?? []))
  })
  return read.filter(document => document !== undefined)
}

// The states `order/get` lists beside the ids are numbers the platform itself calls obsolete: each is read.
async function afterSalesOf(
  context: WechatContext,
  order: WechatOrder,
  known: readonly WechatAfterSale[],
): Promise<WechatAfterSale[]> {
  const found = new Map(known.map(each => [each.after_sale_order_id, each]))
  for (const { aftersale_order_id } of order.aftersale_detail?.aftersale_order_list ?? []) {
    const id = String(aftersale_order_id)
    if (found.has(id)) continue
    const afterSale = await readAfterSale(context, id)
    if (afterSale) found.set(id, afterSale)
  }
  return [...found.values()]
}
