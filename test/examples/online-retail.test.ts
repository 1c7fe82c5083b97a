import { describe, expect, it } from 'vitest'
import { readInvoices } from '../../examples/online-retail/invoices.ts'
import { invoicesOf, totalsByDay } from '../../examples/online-retail/totals.ts'
import { readOrderFile } from '../../server/intake/files/read-file.ts'
import { readingOf } from '../../server/intake/files/reading.ts'
import { mapText, type PlatformMapping, platformMapping } from './platform-mapping.ts'

const FILE = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536366,22041,"RECORD FRAME 7"" SINGLE, SIZE",1,2010-12-01 09:00:00,2.1,,EIRE
536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536366,22139,,2,2010-12-01 09:00:00,0.0,,EIRE
C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0,United Kingdom
536589,21777,,-10,2010-12-02 16:50:00,0.0,,United Kingdom
`

describe("the story's own reading of invoices", () => {
  const invoices = invoicesOf(readInvoices(FILE))

  it('puts rows of one number together, wherever they stand, and keeps repeated rows', () => {
    expect(invoices.get('536365')).toEqual({ day: '2010-12-01', isReturn: false, units: 12, pence: 3_060 })
    expect(invoices.get('536366')).toEqual({ day: '2010-12-01', isReturn: false, units: 3, pence: 210 })
  })

  it('takes cancellations and negative quantities for returns', () => {
    expect(invoices.get('C536379')).toMatchObject({ isReturn: true, units: 1, pence: 2_750 })
    expect(invoices.get('536589')).toMatchObject({ isReturn: true, units: 10, pence: 0 })
  })

  it('sums up by day', () => {
    expect(totalsByDay(invoices.values()).get('2010-12-01')).toEqual({
      orders: 2,
      units: 15,
      pence: 3_270,
      returns: 1,
      returnedUnits: 1,
      returnedPence: 2_750,
    })
  })

  it('refuses a file that is no such file', () => {
    expect(() => readInvoices('a,b\n1,2\n')).toThrow('no column InvoiceNo')
    expect(() => readInvoices(FILE.replace(',6,', ',six,'))).toThrow('Line 2')
  })
})

describe('the mapping of invoice files', () => {
  it('makes of every invoice what the story expects of it', async () => {
    const { mapping, groupRowsBy } = platformMapping(
      'examples/online-retail/mapping.json',
    ) as PlatformMapping & {
      groupRowsBy: string
    }
    const { documents } = await readOrderFile(
      new TextEncoder().encode(FILE),
      'csv',
      readingOf({ mapping, groupRowsBy }, new Date()),
    )
    const orders = documents.map(({ document }) => mapText(mapping, JSON.stringify(document), 'csv').order!)
    expect(
      orders.map(({ orderId, kind, paidFen, orderedAt }) => [
        orderId,
        kind,
        paidFen,
        orderedAt.toISOString(),
      ]),
    ).toEqual([
      ['536365', 'sale', 3_060, '2010-12-01T08:26:00.000Z'],
      ['536366', 'sale', 210, '2010-12-01T09:00:00.000Z'],
      ['C536379', 'return', 2_750, '2010-12-01T09:41:00.000Z'],
      ['536589', 'return', 0, '2010-12-02T16:50:00.000Z'],
    ])
    expect(orders[0]).toMatchObject({ order_customer_name: '17850', address: { detail: 'United Kingdom' } })
    expect(orders[1]).toMatchObject({
      order_customer_name: '',
      items: [{ title: 'RECORD FRAME 7" SINGLE, SIZE' }, { title: '', unitPriceFen: 0 }],
    })
    expect(orders[3]!.items).toMatchObject([{ sku: '21777', quantity: 10 }])
  })
})
