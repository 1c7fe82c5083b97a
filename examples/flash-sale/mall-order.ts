import { type ChannelOrder, goodsFen, type PlatformDocument, paidFen } from '../stage/channel-order.ts'

/** `MP0007000042` */
export function mallOrderId(seed: number, number: number): string {
  return `MP${String(seed).padStart(4, '0')}${String(number).padStart(6, '0')}`
}

/** An order of the brand's own mini-program: fen and ISO times, as its own developers chose. */
export function mallOrder(order: ChannelOrder): PlatformDocument {
  const { buyer } = order
  return {
    no: order.orderId,
    state: 'PAID',
    placedAt: order.orderedAt.toISOString(),
    paidAt: order.paidAt.toISOString(),
    receiver: {
      name: buyer.name,
      mobile: buyer.phone,
      province: buyer.province,
      city: buyer.city,
      district: buyer.district,
      address: `${buyer.street}${buyer.detail}`,
    },
    goodsFen: goodsFen(order),
    freightFen: order.postageFen,
    paidFen: paidFen(order),
    remark: order.buyerNote,
    goods: order.lines.map(({ product, quantity, paidFen: paid }) => ({
      sku: product.sku,
      title: product.title,
      quantity,
      priceFen: product.priceFen,
      paidFen: paid,
    })),
  }
}
