import type { RunEvent } from '../node-type.ts'
import { pointOfCity } from './cities.ts'
import { type Findings, findFault } from './findings.ts'

/**
 * An order being made: values as mapped, types as yet unproven. Every field is there from the beginning, so that
 * all drafts have one shape and storing into them is cheap.
 */
export type Draft = ReturnType<typeof newDraft>
export type ItemDraft = ReturnType<typeof newItemDraft>

const nothing: unknown = undefined

export function newDraft() {
  return {
    orderId: nothing,
    channel: nothing,
    shop: nothing,
    kind: nothing,
    order_customer_name: nothing,
    phone: nothing,
    address: {
      province: nothing,
      city: nothing,
      district: nothing,
      detail: nothing,
      lng: nothing,
      lat: nothing,
    },
    items: [] as ItemDraft[],
    paidFen: nothing,
    orderedAt: nothing,
    paidAt: nothing,
    modifiedAt: nothing,
    urgent: nothing,
    buyerNote: nothing,
    sellerNote: nothing,
    status: nothing,
    afterSale: nothing,
    waybill: nothing,
    carrier: nothing,
  }
}

export function newItemDraft() {
  return {
    sku: nothing,
    title: nothing,
    quantity: nothing,
    unitPriceFen: nothing,
    paidFen: nothing,
    afterSale: nothing,
  }
}

/**
 * The whole order a draft stands for, with what goes without saying: identity from the event, no notes,
 * not urgent, the city's centre, amounts that follow from one another.
 */
export function completed(draft: Draft, event: RunEvent, negativeIsReturn: boolean, findings: Findings) {
  const isReturn = signOfReturn(draft, negativeIsReturn, findings)
  const items = draft.items.map((item, index) => completedItem(item, index, isReturn, findings))
  const { province = '', city = '', district = '', detail = '' } = draft.address
  const point = pointOf(draft.address)
  const order: Record<string, unknown> = {
    orderId: draft.orderId ?? event.orderKey.slice(event.connection.length + 1),
    channel: draft.channel ?? event.channel,
    shop: draft.shop ?? event.shop,
    kind: isReturn ? 'return' : (draft.kind ?? 'sale'),
    order_customer_name: draft.order_customer_name ?? '',
    phone: draft.phone ?? '',
    address: point ? { province, city, district, detail, point } : { province, city, district, detail },
    items,
    paidFen: draft.paidFen === undefined ? sumOfPaid(items, findings) : unsigned(draft.paidFen, isReturn),
    orderedAt: draft.orderedAt,
    urgent: draft.urgent ?? false,
    buyerNote: draft.buyerNote ?? '',
    sellerNote: draft.sellerNote ?? '',
    status: draft.status ?? '',
  }
  if (draft.paidAt !== undefined) order.paidAt = draft.paidAt
  if (draft.modifiedAt !== undefined) order.modifiedAt = draft.modifiedAt
  if (draft.afterSale !== undefined) order.afterSale = draft.afterSale
  if (draft.waybill !== undefined) order.waybill = draft.waybill
  if (draft.carrier !== undefined) order.carrier = draft.carrier
  return order
}

/** A return has positive quantities and amounts; what says that it is one is its kind. */
function signOfReturn(draft: Draft, negativeIsReturn: boolean, findings: Findings): boolean {
  if (draft.kind === 'return') return true
  if (!negativeIsReturn) return false
  let negative = 0
  for (const { quantity } of draft.items) if (typeof quantity === 'number' && quantity < 0) negative++
  if (negative === 0) return false
  if (negative < draft.items.length) findFault(findings, 'items', 'MIXED_SIGNS')
  return true
}

function completedItem(item: ItemDraft, index: number, isReturn: boolean, findings: Findings) {
  const quantity = unsigned(item.quantity, isReturn)
  let unitPriceFen = unsigned(item.unitPriceFen, isReturn)
  let paidFen = unsigned(item.paidFen, isReturn)
  if (typeof quantity === 'number' && quantity !== 0) {
    if (unitPriceFen === undefined && typeof paidFen === 'number')
      unitPriceFen = Math.round(paidFen / quantity)
    if (paidFen === undefined && typeof unitPriceFen === 'number') paidFen = unitPriceFen * quantity
    if (typeof paidFen === 'number' && !Number.isSafeInteger(paidFen))
      findFault(findings, `items/${index}/paidFen`, 'NUMBER_TOO_LARGE')
  }
  // A sheet of pick lists may hold no prices at all: 0 is said then, not a guess.
  return {
    sku: item.sku,
    title: item.title ?? '',
    quantity,
    unitPriceFen: unitPriceFen ?? 0,
    paidFen: paidFen ?? 0,
    ...(item.afterSale !== undefined && { afterSale: item.afterSale }),
  }
}

function unsigned(value: unknown, isReturn: boolean): unknown {
  return isReturn && typeof value === 'number' && value < 0 ? -value : value
}

function sumOfPaid(items: readonly { paidFen: unknown }[], findings: Findings): number {
  let sum = 0
  for (const { paidFen } of items) if (typeof paidFen === 'number') sum += paidFen
  if (!Number.isSafeInteger(sum)) findFault(findings, 'paidFen', 'NUMBER_TOO_LARGE')
  return sum
}

function pointOf({ province, city, lng, lat }: Draft['address']): unknown {
  if (typeof lng === 'number' && typeof lat === 'number') return { lng, lat }
  return pointOfCity(typeof province === 'string' ? province : '', typeof city === 'string' ? city : '')
}
