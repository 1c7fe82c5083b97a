import type { Order } from './workflow/order.ts'

/** `13800000000` → `138****0000`; short or foreign numbers keep only their last two digits. */
export function maskPhone(phone: string): string {
  if (phone.length >= 11) return `${phone.slice(0, phone.length - 8)}****${phone.slice(-4)}`
  return phone.length > 4 ? `****${phone.slice(-2)}` : '****'.slice(0, phone.length)
}

/** `张小明` → `张**`: the first character says enough to talk about an order. */
export function maskName(name: string): string {
  const [first] = name
  return first === undefined ? '' : `${first}**`
}

/** The street stays recognisable, the door does not. */
export function maskDetail(detail: string): string {
  const shown = [...detail].slice(0, 4).join('')
  return detail === '' ? '' : `${shown}****`
}

const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/g
const PHONE_KEY = /phone|mobile|tel(?!l)|手机|电话/i
const NAME_KEY =
  /receiver_?name|receiver$|customer_?name|consignee|buyer_?name|user_?name|contact|real_?name|nick|收货人|姓名|买家/i
const ADDRESS_KEY = /address|addr|ship_?to|street|detail_?info|地址/i

/**
 * A copy of a source document (or of what goes out to others) with phones, names and addresses masked:
 * by what its keys say, by what looks like a mobile number, and wherever the order's own data occurs.
 */
export function maskDocument(document: unknown, order?: Order): unknown {
  const known = new Map<string, string>()
  if (order) {
    if (order.phone.length >= 5) known.set(order.phone, maskPhone(order.phone))
    if (order.order_customer_name.length >= 2)
      known.set(order.order_customer_name, maskName(order.order_customer_name))
    if (order.address.detail.length >= 4) known.set(order.address.detail, maskDetail(order.address.detail))
  }
  return maskValue(document, '', known)
}

function maskValue(
  value: unknown,
  key: string,
  known: ReadonlyMap<string, string>,
  inAddress = false,
): unknown {
  if (typeof value === 'string') return maskText(value, key, known, inAddress)
  if (typeof value === 'number' && PHONE_KEY.test(key)) return maskPhone(String(value))
  if (Array.isArray(value)) return value.map(each => maskValue(each, key, known, inAddress))
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const below = inAddress || ADDRESS_KEY.test(key)
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, maskValue(each, name, known, below)]),
  )
}

function maskText(text: string, key: string, known: ReadonlyMap<string, string>, inAddress: boolean): string {
  if (PHONE_KEY.test(key)) return maskPhone(text)
  if (NAME_KEY.test(key)) return maskName(text)
  if (ADDRESS_KEY.test(key) || (inAddress && key === 'detail')) return maskDetail(text)
  let masked = text
  for (const [plain, hidden] of known) masked = masked.replaceAll(plain, hidden)
  return masked.replace(MOBILE, maskPhone)
}
