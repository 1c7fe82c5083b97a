import type { SimOrder, SimRefund } from '../simulators/shop.ts'
import { carrierName, refundCodes, refundType, seconds, skuOrderId } from './sim-order.ts'

const STATUS_TEXT: Readonly<Record<SimRefund['status'], string>> = {
  asked: '待商家处理',
  agreed: '商家已同意',
  returning: '待商家收货',
  refunded: '退款成功',
  closed: '售后关闭',
}
const TYPE_TEXT = ['退货退款', '已发货仅退款', '未发货仅退款']

/** An item of `afterSale.List`. bigint stands for a bare number. */
export function simRefundRow(order: SimOrder, refund: SimRefund) {
  const [status, money] = refundCodes(refund)
  const type = refundType(order, refund)
  const line = order.lines.find(({ lineId }) => lineId === refund.lineId) ?? order.lines[0]!
  const { waybill } = refund
  return {
    aftersale_info: {
      aftersale_id: refund.id,
      aftersale_order_type: 1,
      aftersale_type: type,
      aftersale_status: status,
      related_id: skuOrderId(order, line),
      apply_time: seconds(refund.createdAt),
      create_time: seconds(refund.createdAt),
      update_time: seconds(refund.modifiedAt),
      status_deadline: seconds(refund.modifiedAt) + 172_800,
      refund_amount: refund.amountFen,
      refund_post_amount: 0,
      aftersale_num: refund.quantity,
      part_type: 0,
      aftersale_refund_type: 0,
      refund_type: 0,
      arbitrate_status: 0,
      refund_status: money,
      return_logistics_code: waybill?.number ?? '',
      return_logistics_company_name: waybill ? carrierName(waybill.carrier) : '',
      got_pkg: order.shippedAt ? 1 : 0,
      remark: '',
      order_logistics: order.parcels.map(parcel => ({
        tracking_no: parcel.number,
        company_name: carrierName(parcel.carrier),
        company_code: parcel.carrier,
        logistics_time: seconds(parcel.at),
        logistics_state: 1,
      })),
      aftersale_tags: [],
    },
    order_info: {
      shop_order_id: order.id,
      order_flag: 0,
      related_order_info: [
        {
          sku_order_id: skuOrderId(order, line),
          order_status: order.shippedAt ? 3 : 2,
          pay_amount: line.paidFen,
          post_amount: 0,
          item_num: line.quantity,
          create_time: seconds(order.createdAt),
          product_name: line.listing.title,
          product_id: BigInt(line.listing.productId),
          product_image: 'https://p3-aio.ecombdimg.com/demo.jpg',
          sku_spec: line.listing.spec.map(([name, value]) => ({ name, value })),
          shop_sku_code: line.listing.sku,
          aftersale_pay_amount: refund.amountFen,
          aftersale_post_amount: 0,
          aftersale_item_num: refund.quantity,
          price: line.listing.priceFen,
        },
      ],
    },
    text_part: {
      aftersale_status_text: STATUS_TEXT[refund.status],
      aftersale_type_text: TYPE_TEXT[type],
      reason_text: refund.reason,
      logistics_text: order.shippedAt ? '卖家已发货' : '卖家未发货',
      return_logistics_text: waybill ? '买家已退货' : '',
    },
    seller_logs: [],
  }
}
