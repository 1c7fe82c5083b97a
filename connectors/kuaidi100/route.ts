import { carrierOf } from '../kit/carriers.ts'
import type { ParcelReport, RouteNode } from '../kit/parcel.ts'
import { listOf, recordOf, textOf } from '../kit/said.ts'
import { fromShanghai } from '../kit/shanghai-time.ts'
import { stateOfCode, stateOfWords } from './status.ts'

/**
 * A report of what a query answers and a push carries as `lastResult`. Rows come newest first; `state` is that of
 * the newest one, while `ischeck` and `status` beside it say nothing reliable.
 */
export function kuaidi100Report(told: Readonly<Record<string, unknown>>): ParcelReport {
  const nodes = listOf(told.data)
    .flatMap((row, index) => nodeOf(recordOf(row), index === 0 ? textOf(told.state) : '') ?? [])
    .reverse()
  return { carrier: carrierOf(textOf(told.com)), waybill: textOf(told.nu), nodes }
}

function nodeOf(row: Readonly<Record<string, unknown>>, overall: string): RouteNode | undefined {
  const at = fromShanghai(textOf(row.ftime)) ?? fromShanghai(textOf(row.time))
  if (!at) return undefined
  const code = textOf(row.statusCode)
  const status = textOf(row.status)
  const place = textOf(row.areaName) || textOf(row.location)
  return {
    at,
    state: stateOfCode(code) ?? stateOfCode(overall) ?? stateOfWords(status),
    text: textOf(row.context) || status,
    ...(place && { place }),
    code: code || status,
  }
}
