import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { anEvent } from '../../../server/nodes/example-order.ts'
import { compileMapping } from '../../../server/nodes/mapping/compile.ts'

const folder = '../shared/data/online-retail'

// Real invoices of a shop in London: one document per invoice, its rows under `rows`.
const { map, problems } = compileMapping({
  negativeQuantity: 'return',
  fields: [
    { to: 'orderId', from: 'InvoiceNo', required: true },
    {
      to: 'kind',
      from: 'InvoiceNo',
      transforms: [{ use: 'pattern', cases: [{ startsWith: 'C', value: 'return' }], otherwise: 'sale' }],
    },
    { to: 'order_customer_name', from: 'CustomerID' },
    { to: 'address.province', from: 'Country' },
    {
      to: 'orderedAt',
      from: 'InvoiceDate',
      transforms: [{ use: 'date', zone: 'Europe/London' }],
      required: true,
    },
    {
      to: 'items',
      each: 'rows',
      fields: [
        { to: 'sku', from: 'StockCode', transforms: [{ use: 'trim' }], required: true },
        { to: 'title', from: 'Description', transforms: [{ use: 'trim' }] },
        { to: 'quantity', from: 'Quantity', required: true },
        { to: 'unitPriceFen', from: 'UnitPrice', transforms: [{ use: 'yuan', round: true }] },
      ],
    },
  ],
})

type Row = Record<string, string>

function invoices(): Row[][] {
  const byNumber = new Map<string, Row[]>()
  for (const file of readdirSync(folder).filter(name => name.endsWith('.csv'))) {
    for (const row of parse(readFileSync(`${folder}/${file}`), { columns: true, bom: true }) as Row[]) {
      const rows = byNumber.get(row.InvoiceNo!) ?? []
      byNumber.set(row.InvoiceNo!, rows)
      rows.push(row)
    }
  }
  return [...byNumber.values()]
}

describe.skipIf(!existsSync(folder))('real invoices', () => {
  it('all become orders; cancellations and negative quantities become returns of positive quantities', () => {
    expect(problems).toEqual([])
    const kinds = { sale: 0, return: 0 }
    for (const rows of invoices()) {
      const { order, problems } = map!({ ...rows[0], rows }, anEvent())
      expect(problems, rows[0]!.InvoiceNo).toBeUndefined()
      kinds[order!.kind]++
      const isReturn = rows[0]!.InvoiceNo!.startsWith('C') || rows.every(row => Number(row.Quantity) < 0)
      expect(order!.kind).toBe(isReturn ? 'return' : 'sale')
      const pence = rows.reduce(
        (sum, row) => sum + Math.abs(Math.round(Number(row.UnitPrice) * 100) * Number(row.Quantity)),
        0,
      )
      expect(order!.paidFen).toBe(pence)
    }
    expect(kinds.sale).toBeGreaterThan(500)
    expect(kinds.return).toBeGreaterThan(50)
  })
})
