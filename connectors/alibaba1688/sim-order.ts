import { shanghaiText } from '../kit/shanghai-time.ts'
import type { SimPurchase } from './sim-store.ts'

type Wire = Readonly<Record<string, unknown>>

const yuan = (fen: number) => fen / 100
const STATUS_WORDS: Readonly<Record<SimPurchase['status'], string>> = {
  waitbuyerpay: '等待买家付款',
  waitsellersend: '等待卖家发货',
  waitbuyerreceive: '等待买家收货',
  success: '交易成功',
  cancel: '交易取消',
}

/** `yyyyMMddHHmmssSSS+0800` */
export const aopTime = (at: Date): string =>
  `${shanghaiText(at).replaceAll(/\D/g, '')}${String(at.getMilliseconds()).padStart(3, '0')}+0800`

const text = (address: Wire, name: string): string => String(address[name] ?? '')
const masked = (phone: string) => `${phone.slice(0, 3)}********`.slice(0, 11)

/** An order as alibaba.trade.get.buyerView tells it; what does not apply yet is absent. */
export function orderView(purchase: SimPurchase): Wire {
  const { address, lines, status, waybill } = purchase
  const subItemId = (index: number) => BigInt(purchase.id) + BigInt(lines.length === 1 ? 0 : index + 1)
  const goodsFen = purchase.totalFen - purchase.postFen
  return {
    baseInfo: {
      id: BigInt(purchase.id),
      idOfStr: purchase.id,
      status,
      businessType: 'cn',
      tradeType: '50060',
      totalAmount: yuan(purchase.totalFen),
      sumProductPayment: yuan(goodsFen),
      shippingFee: yuan(purchase.postFen),
      discount: 0,
      refund: 0,
      refundPayment: 0,
      buyerID: 'b2b-2200000000001demo',
      sellerID: 'b2b-2200000000002demo',
      buyerLoginId: '演示采购商',
      sellerLoginId: lines[0]!.offer.seller,
      createTime: aopTime(purchase.createdAt),
      ...(purchase.paidAt && { payTime: aopTime(purchase.paidAt) }),
      modifyTime: aopTime(purchase.modifiedAt),
      ...(purchase.shippedAt && { allDeliveredTime: aopTime(purchase.shippedAt) }),
      ...(purchase.paidAt && { alipayTradeId: `20261001220000${purchase.id.slice(-14)}` }),
      buyerFeedback: purchase.message,
      receiverInfo: {
        toFullName: text(address, 'fullName'),
        toMobile: masked(text(address, 'mobile')),
        toPhone: '',
        toPost: text(address, 'postCode'),
        toDivisionCode: '330110',
        toArea: ['provinceText', 'cityText', 'areaText', 'address']
          .map(name => text(address, name))
          .join(' '),
      },
    },
    productItems: lines.map(({ offer, quantity }, index) => ({
      productID: Number(offer.offerId),
      skuID: Number(offer.skuId),
      specId: offer.specId,
      subItemID: subItemId(index),
      subItemIDString: String(subItemId(index)),
      name: offer.title,
      price: yuan(offer.priceFen),
      quantity,
      unit: '个',
      itemAmount: yuan(offer.priceFen * quantity),
      status,
      statusStr: STATUS_WORDS[status],
      logisticsStatus: waybill ? 2 : 1,
      refundStatus: null,
      cargoNumber: offer.sku,
      productCargoNumber: offer.sku.split('-')[0],
      skuInfos: [{ name: offer.spec[0], value: offer.spec[1] }],
    })),
    nativeLogistics: {
      contactPerson: text(address, 'fullName'),
      mobile: masked(text(address, 'mobile')),
      province: text(address, 'provinceText'),
      city: text(address, 'cityText'),
      area: text(address, 'areaText'),
      town: text(address, 'townText'),
      address: text(address, 'address'),
      zip: text(address, 'postCode'),
      ...(waybill && {
        logisticsItems: [
          {
            id: 900_000_000_001,
            logisticsBillNo: waybill,
            logisticsCompanyId: 101,
            logisticsCompanyName: '圆通速递(YTO)',
            status: 'SEND_GOODS',
            type: '0',
            subItemIds: lines.map((_line, index) => String(subItemId(index))).join(','),
          },
        ],
      }),
    },
    tradeTerms: purchase.paidAt
      ? [
          {
            payStatus: '2',
            payTime: aopTime(purchase.paidAt),
            payWay: '1',
            phasAmount: yuan(purchase.totalFen),
            phase: 1,
          },
        ]
      : [],
  }
}

/** Its parcel as alibaba.trade.getLogisticsTraceInfo.buyerView tells it. */
export const traceView = (purchase: SimPurchase): Wire => ({
  logisticsId: `BX${purchase.id.slice(-13)}`,
  orderId: BigInt(purchase.id),
  logisticsBillNo: purchase.waybill,
  logisticsSteps: purchase.steps.map(({ at, remark }) => ({ acceptTime: shanghaiText(at), remark })),
})
