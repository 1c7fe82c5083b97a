import { parseJson } from '../../server/intake/json.ts'
import { fromShanghai } from '../kit/shanghai-time.ts'
import { orderView, traceView } from './sim-order.ts'
import type { SimOffer, SimSuppliers } from './sim-store.ts'

type Wire = Readonly<Record<string, unknown>>
type Params = Readonly<Record<string, string>>

/** What an API answers with status 200. @throws MissingParam */
export type SimApi = (params: Params) => Wire

export class MissingParam extends Error {
  override readonly name = 'MissingParam'
}

interface WantedGoods {
  readonly offerId: string
  readonly specId?: string
  readonly quantity: number
  readonly offer?: SimOffer
}

const SHORT = '500_004'
const demand = (params: Params, name: string): string => {
  const value = params[name]
  if (!value) throw new MissingParam(name)
  return value
}

/** The documented APIs, by namespace and name. */
export function simApis(suppliers: SimSuppliers, clock: () => Date): ReadonlyMap<string, SimApi> {
  function wanted(params: Params): readonly WantedGoods[] {
    const list = parseJson(demand(params, 'cargoParamList')) as readonly Record<string, string | number>[]
    return list.map(({ offerId, specId, quantity }) => {
      const spec = specId === undefined ? undefined : String(specId)
      const offer = suppliers.offer(String(offerId), spec)
      return {
        offerId: String(offerId),
        quantity: Number(quantity),
        ...(spec && { specId: spec }),
        ...(offer && { offer }),
      }
    })
  }
  const short = (goods: readonly WantedGoods[]) =>
    goods.filter(({ offer, quantity }) => !offer || offer.stock < quantity)
  const sellers = (goods: readonly WantedGoods[]) => [
    ...new Set(goods.flatMap(({ offer }) => offer?.seller ?? [])),
  ]

  return new Map<string, SimApi>([
    [
      'com.alibaba.trade/alibaba.createOrder.preview',
      params => {
        demand(params, 'addressParam')
        const goods = wanted(params)
        if (short(goods).length > 0) return { success: false, errorCode: SHORT, errorMsg: '商品库存不足' }
        const orders = sellers(goods).map(seller => {
          const lines = goods.filter(({ offer }) => offer?.seller === seller)
          const goodsFen = lines.reduce(
            (sum, { offer, quantity }) => sum + (offer?.priceFen ?? 0) * quantity,
            0,
          )
          return {
            status: true,
            sumPayment: goodsFen + 800,
            sumPaymentNoCarriage: goodsFen,
            sumCarriage: 800,
            discountFee: 0,
            cargoList: lines.map(({ offerId, specId, offer, quantity }) => ({
              offerId: Number(offerId),
              specId,
              amount: (offer?.priceFen ?? 0) * quantity,
            })),
          }
        })
        return { success: true, orderPreviewResuslt: orders }
      },
    ],
    [
      'com.alibaba.trade/alibaba.trade.fastCreateOrder',
      params => {
        demand(params, 'flow')
        const address = parseJson(demand(params, 'addressParam')) as Wire
        const goods = wanted(params)
        const failed = short(goods)
        if (failed.length > 0)
          return {
            success: false,
            code: SHORT,
            message: '商品库存不足',
            result: {
              failedOfferList: failed.map(({ offerId, specId }) => ({
                offerId,
                specId: specId ?? '',
                errorCode: SHORT,
                errorMessage: '库存不足',
              })),
            },
          }
        if (sellers(goods).length !== 1)
          return { success: false, code: '500_001', message: '一次只能购买同一个供货商的货品' }
        const purchase = suppliers.buy({
          outOrderId: params.outOrderId ?? '',
          message: params.message ?? '',
          address,
          lines: goods.map(({ offer, quantity }) => ({ offer: offer!, quantity })),
        })
        return {
          success: true,
          result: {
            orderId: purchase.id,
            totalSuccessAmount: purchase.totalFen,
            postFee: purchase.postFen,
            failedOfferList: [],
          },
        }
      },
    ],
    [
      'com.alibaba.trade/alibaba.trade.getBuyerOrderList',
      params => {
        const from = fromShanghai(params.createStartTime ?? '') ?? new Date(0)
        const to = fromShanghai(params.createEndTime ?? '') ?? clock()
        const page = Number(params.page ?? 1)
        const size = Number(params.pageSize ?? 20)
        if (!(size >= 1 && size <= 50))
          return { success: false, errorCode: '400_1', errorMessage: 'pageSize 不能超过 50' }
        const found = suppliers.purchases().filter(({ createdAt }) => createdAt >= from && createdAt <= to)
        const rows = found.slice((page - 1) * size, page * size)
        return { success: 'true', result: rows.map(orderView), totalRecord: found.length }
      },
    ],
    [
      'com.alibaba.trade/alibaba.trade.get.buyerView',
      params => {
        const purchase = suppliers.purchase(demand(params, 'orderId'))
        if (!purchase) return { success: 'false', errorCode: '404', errorMessage: '订单不存在' }
        return { success: 'true', result: orderView(purchase) }
      },
    ],
    [
      'com.alibaba.logistics/alibaba.trade.getLogisticsTraceInfo.buyerView',
      params => {
        const purchase = suppliers.purchase(demand(params, 'orderId'))
        if (!purchase?.waybill) return { success: false, errorCode: '404', errorMessage: '订单没有物流信息' }
        return { success: true, logisticsTrace: [traceView(purchase)] }
      },
    ],
  ])
}
