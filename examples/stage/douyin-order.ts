import {
  type ChannelOrder,
  goodsFen,
  maskName,
  maskPhone,
  type PlatformDocument,
  paidFen,
  steadyId,
} from './channel-order.ts'

const seconds = (at: Date) => Math.floor(at.getTime() / 1000)

/**
 * The `shop_order_detail` of `order.orderDetail`: fen, epoch seconds with 0 for "not yet", `sku_id` and
 * `product_id` as bare 19-digit numbers. The receiver is readable, as after `order.batchDecrypt`.
 */
export function douyinOrder(order: ChannelOrder): PlatformDocument {
  const { buyer } = order
  const goods = goodsFen(order)
  const paid = paidFen(order)
  const place = {
    province: { name: buyer.province, id: '33' },
    city: { name: buyer.city, id: '330100' },
    town: { name: buyer.district, id: '330110' },
    street: { name: buyer.street, id: '330110012' },
  }
  return {
    shop_id: steadyId(order.shop, 4_000_000),
    shop_name: order.shop,
    order_id: order.orderId,
    order_level: 2,
    biz: 2,
    biz_desc: '小店自卖',
    order_type: 0,
    order_type_desc: '普通订单',
    order_status: 2,
    order_status_desc: '待发货',
    main_status: 2,
    main_status_desc: '备货中',
    create_time: seconds(order.orderedAt),
    pay_time: seconds(order.paidAt),
    update_time: seconds(order.paidAt),
    finish_time: 0,
    ship_time: 0,
    exp_ship_time: seconds(order.paidAt) + 172_800,
    order_expire_time: 1_800,
    order_amount: goods,
    pay_amount: paid,
    post_amount: order.postageFen,
    modify_amount: 0,
    promotion_amount: goods + order.postageFen - paid,
    promotion_shop_amount: goods + order.postageFen - paid,
    promotion_platform_amount: 0,
    promotion_talent_amount: 0,
    pay_type: 1,
    channel_payment_no: `TT${order.orderId}`,
    cancel_reason: '',
    buyer_words: order.buyerNote,
    seller_words: order.sellerNote,
    // 5 is the red flag.
    seller_remark_stars: order.urgent ? 5 : 0,
    open_id: '',
    doudian_open_id: `1@#${buyer.phone}==`,
    post_receiver: buyer.name,
    post_tel: buyer.phone,
    encrypt_post_receiver: `##${order.orderId}NAME*1##`,
    encrypt_post_tel: `$$${order.orderId}TEL*1$$`,
    post_addr: { ...place, detail: buyer.detail, encrypt_detail: `##${order.orderId}ADDR*1##` },
    mask_post_receiver: maskName(buyer.name),
    mask_post_tel: maskPhone(buyer.phone),
    mask_post_addr: { ...place, detail: '***' },
    logistics_info: [],
    address_tag_ui: [],
    user_tag_ui: [],
    shop_order_tag_ui: [],
    sku_order_list: order.lines.map((line, index) => skuOrder(order, line, index)),
  }
}

function skuOrder(order: ChannelOrder, line: ChannelOrder['lines'][number], index: number): PlatformDocument {
  const { product, quantity } = line
  const total = product.priceFen * quantity
  const productId = 3_600_000_000_000_000_000n + BigInt(steadyId(product.title, 1))
  return {
    order_id: order.lines.length === 1 ? order.orderId : String(BigInt(order.orderId) + BigInt(index + 1)),
    parent_order_id: order.orderId,
    order_level: 3,
    order_status: 2,
    order_status_desc: '备货中',
    product_id: productId,
    product_id_str: String(productId),
    product_name: product.title,
    sku_id: 1_780_000_000_000_000_000n + BigInt(steadyId(product.sku, 1)),
    code: product.sku,
    out_sku_id: '0',
    out_product_id: '0',
    spec: product.spec.map(([name, value]) => ({ name, value })),
    item_num: quantity,
    goods_type: 0,
    origin_amount: product.priceFen,
    sum_amount: total,
    order_amount: total,
    pay_amount: line.paidFen,
    post_amount: 0,
    promotion_amount: total - line.paidFen,
    promotion_shop_amount: total - line.paidFen,
    promotion_platform_amount: 0,
    promotion_talent_amount: 0,
    modify_amount: 0,
    pay_time: seconds(order.paidAt),
    create_time: seconds(order.orderedAt),
    update_time: seconds(order.paidAt),
    finish_time: 0,
    ship_time: 0,
    logistics_receipt_time: 0,
    confirm_receipt_time: 0,
    exp_ship_time: seconds(order.paidAt) + 172_800,
    reduce_stock_type: 1,
    inventory_list: [],
    after_sale_info: { after_sale_status: 0, after_sale_type: 0, refund_status: 0 },
    trade_type: 0,
    given_product_type: '',
    master_sku_order_id_list: [],
  }
}
