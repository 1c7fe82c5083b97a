import type { Action, ActionBodies, ActionLine } from '../kit/action.ts'
import { carrierCode } from '../kit/carriers.ts'
import { ConnectorError } from '../kit/fault.ts'
import type { WechatContext, WechatCredentials, WechatSettings } from './access.ts'
import { callShop } from './client.ts'
import { getOrder, skuOf, type WechatLine, type WechatOrder } from './order.ts'

type Shipment = ActionBodies['ship']

interface SentUnits {
  readonly product_id: string
  readonly sku_id: string
  readonly product_cnt: number
}

const BY_PARCEL = 1

/** Tells the shop that goods were shipped (`order/delivery/send`), the whole order or part of it. */
export const shipOrder: Action<Shipment, WechatSettings, WechatCredentials> = {
  // The order is looked at first, and the platform refuses more units than the buyer bought.
  isRepeatable: true,
  async perform({ body }, context) {
    const order = await demandOrder(context, body.orderId)
    if (!isSentWith(order, body.waybill)) {
      const units = unitsToSend(order, body.lines)
      if (units.length === 0)
        throw new ConnectorError({
          class: 'business',
          said: `订单 ${body.orderId} 已经发货完成，没有可发的商品`,
        })
      await callShop(context, {
        path: 'order/delivery/send',
        body: {
          order_id: body.orderId,
          delivery_list: [
            {
              delivery_id: carrierCode(body.carrier, 'wechat'),
              waybill_id: body.waybill,
              deliver_type: BY_PARCEL,
              product_infos: units,
            },
          ],
        },
        effect: 'write',
      })
    }
    return { waybill: body.waybill }
  },
  async ask({ body }, context) {
    const order = await demandOrder(context, body.orderId)
    return isSentWith(order, body.waybill) ? { waybill: body.waybill } : null
  },
}

async function demandOrder(context: WechatContext, id: string): Promise<WechatOrder> {
  const order = await getOrder(context, id)
  if (!order) throw new ConnectorError({ class: 'business', said: `没有订单 ${id}` })
  return order
}

const parcelsOf = (order: WechatOrder) => order.order_detail?.delivery_info?.delivery_product_info ?? []

const isSentWith = (order: WechatOrder, waybill: string): boolean =>
  parcelsOf(order).some(({ waybill_id }) => waybill_id === waybill)

/**
 * What goes into the parcel: of every line what is neither shipped nor refunded, or as many as are asked for.
 * @throws ConnectorError when more is asked for than is left
 */
function unitsToSend(order: WechatOrder, wanted: readonly ActionLine[] | undefined): SentUnits[] {
  const lines = order.order_detail?.product_infos ?? []
  const left = lines.map(line => unitsLeft(order, line))
  if (!wanted) return sentUnits(lines, left)
  const taken = lines.map(() => 0)
  for (const { sku, quantity } of wanted) {
    let open = quantity
    for (const [index, line] of lines.entries()) {
      if (skuOf(line) !== sku) continue
      const units = Math.min(open, left[index]! - taken[index]!)
      taken[index]! += units
      open -= units
    }
    if (open > 0)
      throw new ConnectorError({
        class: 'business',
        said: `订单 ${order.order_id} 里可发的 ${sku} 不足，还差 ${open} 件`,
      })
  }
  return sentUnits(lines, taken)
}

function unitsLeft(order: WechatOrder, line: WechatLine): number {
  const shipped = parcelsOf(order)
    .flatMap(({ product_infos }) => product_infos ?? [])
    .filter(({ product_id, sku_id }) => product_id === line.product_id && sku_id === line.sku_id)
    .reduce((sum, { product_cnt }) => sum + (product_cnt ?? 0), 0)
  return Math.max(0, (line.sku_cnt ?? 0) - (line.finish_aftersale_sku_cnt ?? 0) - shipped)
}

function sentUnits(lines: readonly WechatLine[], counts: readonly number[]): SentUnits[] {
  return lines.flatMap((line, index) =>
    counts[index]! > 0
      ? [
          {
            product_id: line.product_id ?? '',
            sku_id: line.sku_id ?? '',
            product_cnt: counts[index]!,
          },
        ]
      : [],
  )
}
