import type { ParcelReport, RouteNode } from '../kit/parcel.ts'
import { listOf, recordOf, textOf } from '../kit/said.ts'
import { fromShanghai } from '../kit/shanghai-time.ts'
import { RETURNED_UNDER_NEW_NUMBER, sfState } from './status.ts'

const WAYBILL = /\bSF\d{10,15}\b|\b\d{12}\b/i

/** A report of rows as SF writes them, in queries and pushes alike. A row without a time can stand nowhere. */
export function sfReport(waybill: string, rows: unknown): ParcelReport {
  const nodes = listOf(rows).flatMap(row => nodeOf(recordOf(row)) ?? [])
  const returnWaybill = listOf(rows)
    .map(recordOf)
    .filter(row => textOf(row.opCode) === RETURNED_UNDER_NEW_NUMBER)
    .map(row => WAYBILL.exec(textOf(row.remark))?.[0].toUpperCase())
    .findLast(found => found !== undefined && found !== waybill)
  return { carrier: 'sf', waybill, nodes, ...(returnWaybill && { returnWaybill }) }
}

function nodeOf(row: Readonly<Record<string, unknown>>): RouteNode | undefined {
  const at = fromShanghai(textOf(row.acceptTime))
  if (!at) return undefined
  const code = textOf(row.opCode)
  const place = textOf(row.acceptAddress)
  const reason = textOf(row.reasonName)
  const text = textOf(row.remark) || textOf(row.secondaryStatusName) || textOf(row.firstStatusName)
  return {
    at,
    state: sfState(code, textOf(row.firstStatusCode), textOf(row.secondaryStatusCode)),
    text: reason !== '' && !text.includes(reason) ? `${text}（${reason}）` : text,
    ...(place && { place }),
    code,
  }
}
