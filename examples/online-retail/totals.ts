import type { InvoiceRow } from './invoices.ts'

/** What happened on one day. Amounts are pence; those of returns are positive, as their units are. */
export interface DayTotals {
  orders: number
  units: number
  pence: number
  returns: number
  returnedUnits: number
  returnedPence: number
}

/** One invoice as the product must understand it: a sale or a return, its size, its worth. */
export interface Invoice {
  readonly day: string
  readonly isReturn: boolean
  readonly units: number
  readonly pence: number
}

/** Invoices by number: rows of one number belong together, whether or not they stand together. */
export function invoicesOf(rows: readonly InvoiceRow[]): Map<string, Invoice> {
  const invoices = new Map<string, Invoice>()
  for (const row of rows) {
    const known = invoices.get(row.invoice)
    const units = Math.abs(row.quantity)
    invoices.set(row.invoice, {
      day: known?.day ?? row.at.slice(0, 10),
      isReturn: row.invoice.startsWith('C') || row.quantity < 0,
      units: (known?.units ?? 0) + units,
      pence: (known?.pence ?? 0) + units * row.unitPence,
    })
  }
  return invoices
}

export function totalsByDay(invoices: Iterable<Invoice>): Map<string, DayTotals> {
  const days = new Map<string, DayTotals>()
  for (const { day, isReturn, units, pence } of invoices) {
    const totals = days.get(day) ?? {
      orders: 0,
      units: 0,
      pence: 0,
      returns: 0,
      returnedUnits: 0,
      returnedPence: 0,
    }
    if (isReturn) {
      totals.returns++
      totals.returnedUnits += units
      totals.returnedPence += pence
    } else {
      totals.orders++
      totals.units += units
      totals.pence += pence
    }
    days.set(day, totals)
  }
  return new Map([...days].sort(([a], [b]) => (a < b ? -1 : 1)))
}
