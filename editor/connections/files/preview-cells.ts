import { moneyText } from '../../format/number.ts'
import { momentText } from '../../format/time.ts'
import type { T } from '../../i18n/i18n.ts'
import type { PreviewOrder } from './file-preview.ts'

/** One line of a preview, in words. */
export interface CellsOfOrder {
  readonly orderId: string
  readonly customer: string
  readonly phone: string
  readonly address: string
  readonly goods: readonly string[]
  readonly paid: string
  readonly orderedAt: string
}

const PARTS = ['province', 'city', 'district', 'detail'] as const

/** An order, whole or as far as it could be read, as a line of a table. */
export function cellsOf(order: PreviewOrder, t: T): CellsOfOrder {
  return {
    orderId: text(order.orderId),
    customer: text(order.order_customer_name),
    phone: text(order.phone),
    address: addressText(order),
    goods: Array.isArray(order.items) ? order.items.map(goodsText).filter(Boolean) : [],
    paid: typeof order.paidFen === 'number' ? moneyText(order.paidFen) : '',
    orderedAt: typeof order.orderedAt === 'string' ? momentText(order.orderedAt, t) : '',
  }
}

/** The parts stand in an address of their own, or beside it as `address.city` where no order came of it. */
function addressText(order: PreviewOrder): string {
  const beside = order as Readonly<Record<string, unknown>>
  const parts = record(order.address)
  return PARTS.map(part => text(parts[part] ?? beside[`address.${part}`])).join('')
}

function goodsText(item: unknown): string {
  const { title, sku, quantity } = record(item)
  const [name, count] = [text(title) || text(sku), text(quantity)]
  return name && count ? `${name} × ${count}` : name || count
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
