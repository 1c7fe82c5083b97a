import { aPlainOrder, documentOf } from '../support/warehouse-shop.ts'

const NOTE = '请尽快发货,送货前电话联系。'.repeat(18)
const SKUS = 100

export const benchSku = (index: number) => `SKU-${String(index).padStart(4, '0')}`

/** Which way an order of this SKU goes: 0–5 own warehouse, 6–7 near one, 8–9 nowhere. */
export const benchStock = () => {
  const stock: Record<string, Record<string, number>> = { hangzhou: {}, ningbo: {} }
  for (let i = 0; i < SKUS; i++) {
    if (i % 10 <= 5) stock.hangzhou![benchSku(i)] = 10_000_000
    else if (i % 10 <= 7) stock.ningbo![benchSku(i)] = 10_000_000
  }
  return stock
}

let count = 0
const start = Date.parse('2026-10-01T02:00:00Z')

/** Orders of about 1 KB; one in twelve repeats the order 300 before it within the duplicate window. */
export function benchOrder(): object {
  const n = count++
  const repeated = n % 12 === 11 && n > 300
  const from = repeated ? n - 300 : n
  const at = new Date(start + from * 20 + (repeated ? 60_000 : 0) + 8 * 3_600_000)
  return {
    ...documentOf(
      aPlainOrder({
        id: `B${process.pid}-${String(n).padStart(8, '0')}`,
        phone: `13${String(from).padStart(9, '0')}`,
        sku: benchSku((from * 7) % SKUS),
        quantity: 1 + (from % 3),
        orderedAt: at.toISOString().slice(0, 19).replace('T', ' '),
        urgent: from % 5 === 0,
      }),
    ),
    note: NOTE,
  }
}
