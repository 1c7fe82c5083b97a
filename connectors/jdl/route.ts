import type { ParcelReport, RouteNode } from '../kit/parcel.ts'
import { listOf, recordOf, textOf } from '../kit/said.ts'
import { fromShanghai } from '../kit/shanghai-time.ts'
import { jdlState } from './status.ts'

/** A report of `traceDetails`, whose fields are called either `operation…` or `operate…`: both are read. */
export function jdlReport(waybill: string, data: unknown): ParcelReport {
  // One number is asked about at a time; its answer stands alone or in a list of one.
  const { traceDetails } = recordOf(Array.isArray(data) ? data[0] : data)
  const nodes = listOf(traceDetails)
    .flatMap(row => nodeOf(recordOf(row)) ?? [])
    .sort((one, other) => one.at.getTime() - other.at.getTime())
  return { carrier: 'jd', waybill, nodes }
}

function nodeOf(row: Readonly<Record<string, unknown>>): RouteNode | undefined {
  const at = fromShanghai(textOf(row.operationTime) || textOf(row.operateTime))
  if (!at) return undefined
  const title = textOf(row.operationTitle) || textOf(row.operateState)
  const place = textOf(row.operateSite) || textOf(row.operationSite)
  return {
    at,
    state: jdlState(textOf(row.categoryName), title),
    text: textOf(row.operationRemark) || textOf(row.operateRemark) || title,
    ...(place && { place }),
    code: textOf(row.state) || title,
  }
}
