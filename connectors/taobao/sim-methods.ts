import { fromShanghai, shanghaiText } from '../kit/shanghai-time.ts'
import type { SimListing, SimOrder, SimRefund, SimShop } from '../simulators/shop.ts'
import type { TopError } from './faults.ts'
import { fullTradeOf, oaidOf, oidOf, refundOf, tradeOf, type Wire } from './sim-trade.ts'

export type Params = Readonly<Record<string, string>>

/** What a method answers inside its envelope. @throws TopRefusal */
export type SimMethod = (params: Params) => Wire

/** Becomes `error_response`. */
export class TopRefusal extends Error {
  override readonly name = 'TopRefusal'
  readonly error: TopError

  constructor(error: TopError) {
    super(error.msg)
    this.error = error
  }
}

const DAY_MS = 86_400_000
const refuse = (sub_code: string, sub_msg: string) =>
  new TopRefusal({ code: 15, msg: 'Remote service error', sub_code, sub_msg })
const wrong = (what: string) =>
  new TopRefusal({ code: 41, msg: 'Invalid Arguments', sub_code: 'isv.invalid-parameter', sub_msg: what })

function demand(params: Params, name: string): string {
  const value = params[name]
  if (!value) throw new TopRefusal({ code: 40, msg: `Missing required arguments:${name}` })
  return value
}

/** Only what was asked for; `orders` and the like come whole. */
function only(document: Wire, fields: string): Wire {
  const wanted = new Set(fields.split(',').map(field => field.trim().split('.')[0]))
  return Object.fromEntries(Object.entries(document).filter(([name]) => wanted.has(name)))
}

function spanOf(params: Params, start: string, end: string, isDemanded: boolean): readonly [Date, Date] {
  const from = fromShanghai(isDemanded ? demand(params, start) : (params[start] ?? '2000-01-01 00:00:00'))
  const to = fromShanghai(isDemanded ? demand(params, end) : (params[end] ?? '2100-01-01 00:00:00'))
  if (!from || !to || from > to) throw wrong(`${start}、${end} 不正确`)
  // Both ends count in, in whole seconds.
  return [from, new Date(to.getTime() + 1_000)]
}

function pageOf<T>(params: Params, all: readonly T[]): { readonly rows: readonly T[]; readonly rest: Wire } {
  const page = Number(params.page_no ?? 1)
  const size = Number(params.page_size ?? 40)
  if (!(page >= 1)) throw wrong('page_no 必须大于 0')
  if (!(size >= 1 && size <= 100)) throw wrong('page_size 必须在 1 到 100 之间')
  const rows = all.slice((page - 1) * size, page * size)
  const rest =
    params.use_has_next === 'true' ? { has_next: page * size < all.length } : { total_results: all.length }
  return { rows, rest }
}

/** Without rows the list is an empty object. */
const listOf = (inner: string, rows: readonly Wire[]): Wire => (rows.length > 0 ? { [inner]: rows } : {})

export interface MethodsOptions {
  readonly shop: SimShop
  /** Receivers the app may have decrypted a day. */
  readonly decryptQuota: number
  /** Phones are decrypted to privacy numbers with an extension. */
  readonly hasVirtualPhones: boolean
}

/** The documented methods, by name, told by the facts of a shop. */
export function simMethods({
  shop,
  decryptQuota,
  hasVirtualPhones,
}: MethodsOptions): ReadonlyMap<string, SimMethod> {
  let decrypted = 0
  const orderOf = (tid: string): SimOrder => {
    const order = shop.order(tid)
    if (!order) throw refuse('isv.trade-not-exist', '交易订单不存在')
    return order
  }
  const trades = (params: Params, orders: readonly SimOrder[]): Wire => {
    const fields = demand(params, 'fields')
    const { rows, rest } = pageOf(params, orders)
    return {
      ...rest,
      trades: listOf(
        'trade',
        rows.map(order => only(listedTrade(order), fields)),
      ),
    }
  }
  const listedTrade = (order: SimOrder): Wire => {
    const { tid_str, trade_memo, promotion_details, ...listed } = tradeOf(shop, order)
    return listed
  }
  const refundById = (id: string): SimRefund => {
    const refund = shop.refund(id)
    if (!refund) throw refuse('isv.refund-not-exist', '退款单不存在')
    return refund
  }

  const methods: Readonly<Record<string, SimMethod>> = {
    'taobao.trades.sold.increment.get'(params) {
      const [from, to] = spanOf(params, 'start_modified', 'end_modified', true)
      if (to.getTime() - from.getTime() > DAY_MS + 1_000) throw wrong('查询的时间跨度不能超过一天')
      return trades(params, shop.modifiedBetween(from, to))
    },
    'taobao.trades.sold.get'(params) {
      const [from, to] = spanOf(params, 'start_created', 'end_created', false)
      return trades(params, shop.createdBetween(from, to))
    },
    'taobao.trade.fullinfo.get'(params) {
      const fields = demand(params, 'fields')
      return { trade: only(fullTradeOf(shop, orderOf(demand(params, 'tid'))), fields) }
    },
    'taobao.refunds.receive.get'(params) {
      const fields = demand(params, 'fields')
      const [from, to] = spanOf(params, 'start_modified', 'end_modified', false)
      const { rows, rest } = pageOf(params, shop.refundsBetween(from, to))
      return {
        ...rest,
        refunds: listOf(
          'refund',
          rows.map(refund => only(refundOf(shop, refund), fields)),
        ),
      }
    },
    'taobao.refund.get'(params) {
      const fields = demand(params, 'fields')
      return { refund: only(refundOf(shop, refundById(demand(params, 'refund_id'))), fields) }
    },
    'taobao.top.oaid.decrypt'(params) {
      const list = JSON.parse(demand(params, 'query_list')) as readonly Params[]
      if (list.length > 20) throw wrong('query_list 最多 20 个')
      const receivers = list.map(({ oaid = '', tid = '', scene }): Wire => {
        if (!scene) throw wrong('scene 不能为空')
        const order = shop.order(tid)
        if (!order || oaidOf(order) !== oaid) return { oaid, tid, matched: false }
        if (++decrypted > decryptQuota) throw refuse('isv.decrypt-quota-limit', '解密额度已用完')
        const { buyer } = order
        return {
          oaid,
          tid,
          name: buyer.name,
          mobile: hasVirtualPhones
            ? `${buyer.phone}-${String(order.number % 10_000).padStart(4, '0')}`
            : buyer.phone,
          phone: '',
          country: '中国',
          state: buyer.province,
          city: buyer.city,
          district: buyer.district,
          town: buyer.street,
          address_detail: buyer.detail,
          matched: true,
          privacy_protection: hasVirtualPhones,
          ...(hasVirtualPhones && {
            secret_no_expire_time: shanghaiText(new Date(shop.clock().getTime() + 15 * DAY_MS)),
          }),
        }
      })
      return { receiver_list: { receiver: receivers } }
    },
    'taobao.logistics.offline.send'(params) {
      const order = orderOf(demand(params, 'tid'))
      const number = demand(params, 'out_sid')
      const carrier = demand(params, 'company_code')
      const subTids = (params.sub_tid ?? '').split(',').filter(Boolean)
      const isSplit = params.is_split === '1'
      const lines = order.lines.filter(line => !isSplit || subTids.includes(String(oidOf(order, line))))
      if (isSplit && (subTids.length === 0 || lines.length !== subTids.length))
        throw refuse('isv.invalid-parameter', '子订单不属于这笔交易')
      if (!shop.ship(order.id, { carrier, number, lineIds: lines.map(({ lineId }) => lineId) }))
        throw refuse('isv.logistics-offline-service-error', '订单已经发货，或者当前状态不能发货')
      return { shipping: { is_success: true } }
    },
    'taobao.item.quantity.update'(params) {
      const listings = listingsOf(shop, demand(params, 'num_iid'))
      const wanted = params.sku_id ? listings.filter(({ skuId }) => skuId === params.sku_id) : listings
      if (wanted.length === 0) throw refuse('isv.sku-not-exist', 'SKU 不存在')
      setStock(wanted, demand(params, 'quantity'), params.type)
      return { item: itemOf(shop, params.num_iid!, listings) }
    },
    'taobao.skus.quantity.update'(params) {
      const listings = listingsOf(shop, demand(params, 'num_iid'))
      const pairs = demand(params, 'skuid_quantities').split(';')
      if (pairs.length > 20) throw wrong('skuid_quantities 最多 20 个')
      for (const pair of pairs) {
        const [skuId, quantity = ''] = pair.split(':')
        const wanted = listings.filter(listing => listing.skuId === skuId)
        if (wanted.length === 0) throw refuse('isv.sku-not-exist', `SKU ${skuId} 不存在`)
        setStock(wanted, quantity, params.type)
      }
      return { item: itemOf(shop, params.num_iid!, listings) }
    },
  }
  return new Map(Object.entries(methods))
}

function listingsOf(shop: SimShop, productId: string): readonly SimListing[] {
  const found = shop.listings.filter(listing => listing.productId === productId)
  if (found.length === 0) throw refuse('isv.item-not-exist', '商品不存在')
  return found
}

function setStock(listings: readonly SimListing[], quantity: string, type = '1'): void {
  if (!/^-?\d+$/.test(quantity)) throw wrong('quantity 必须是整数')
  for (const listing of listings) {
    const left = type === '2' ? listing.stock + Number(quantity) : Number(quantity)
    if (left < 0) throw refuse('isv.quantity-invalid', '库存不能小于 0')
    listing.stock = left
  }
}

const itemOf = (shop: SimShop, productId: string, listings: readonly SimListing[]): Wire => ({
  num_iid: Number(productId),
  num: listings.reduce((sum, { stock }) => sum + stock, 0),
  modified: shanghaiText(shop.clock()),
  skus: {
    sku: listings.map(({ skuId, stock }) => ({
      sku_id: Number(skuId),
      quantity: stock,
      modified: shanghaiText(shop.clock()),
    })),
  },
})
