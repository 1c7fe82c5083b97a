import { ConnectorError } from '../kit/fault.ts'
import type { ParcelReport, ParcelState, RouteNode, TrackedParcel } from '../kit/parcel.ts'
import { type Fields, rowsOf, textAt } from '../kit/said.ts'
import { fromShanghai } from '../kit/shanghai-time.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import { callAop } from './client.ts'
import type { Context1688 } from './settings.ts'

const AT_ONCE = 4
/** The carrier parcels of purchases are kept under: their number is that of the purchase. */
export const CARRIER = 'alibaba-1688'

/** Sentences carry no code; the first that fits says what happened. */
const SENTENCES: readonly (readonly [RegExp, ParcelState])[] = [
  [/退回|退件|退货/, 'returning'],
  [/拒收|异常|失败|未妥投|破损|丢失/, 'exception'],
  [/签收|妥投|已取走/, 'signed'],
  [/派送|派件|正在投递|配送中|待取/, 'out-for-delivery'],
  [/揽收|揽件|已收件|收寄|取件成功/, 'collected'],
]

/** Asks where the goods of purchases are, by `alibaba.trade.getLogisticsTraceInfo.buyerView`. */
export async function track(
  parcels: readonly TrackedParcel[],
  context: Context1688,
): Promise<readonly ParcelReport[]> {
  const reports = await sideBySide(parcels, AT_ONCE, async ({ carrier, waybill }) => {
    const traces = await readTraces(context, waybill)
    return { carrier, waybill, nodes: nodesOf(traces) }
  })
  return reports.filter(({ nodes }) => nodes.length > 0)
}

/** Nothing for an order that was not sent yet, which the platform refuses to tell of. */
async function readTraces(context: Context1688, orderId: string): Promise<readonly Fields[]> {
  try {
    const answer = await callAop(context, {
      namespace: 'com.alibaba.logistics',
      api: 'alibaba.trade.getLogisticsTraceInfo.buyerView',
      params: { webSite: '1688', orderId },
      effect: 'read',
    })
    return rowsOf(answer.logisticsTrace)
  } catch (error) {
    if (error instanceof ConnectorError && error.fault.class === 'business') return []
    throw error
  }
}

/** Scans of all parcels of a purchase: of several, the last one to be signed for ends it. */
export function nodesOf(traces: readonly Fields[]): readonly RouteNode[] {
  const byParcel = traces.map(trace => routeOf(trace, traces.length > 1))
  const areAllSigned = byParcel.every(nodes => nodes.some(({ state }) => state === 'signed'))
  const nodes = byParcel.flat().sort((a, b) => a.at.getTime() - b.at.getTime())
  const last = nodes.findLast(({ state }) => state === 'signed')
  return nodes.map(node =>
    node.state === 'signed' && !(areAllSigned && node === last) ? { ...node, state: 'in-transit' } : node,
  )
}

function routeOf(trace: Fields, isOneOfMany: boolean): readonly RouteNode[] {
  const waybill = textAt(trace, 'logisticsBillNo') ?? ''
  return rowsOf(trace.logisticsSteps).flatMap(step => {
    const at = fromShanghai(textAt(step, 'acceptTime') ?? '')
    const remark = textAt(step, 'remark') ?? ''
    const state = SENTENCES.find(([sentence]) => sentence.test(remark))?.[1] ?? 'in-transit'
    return at ? { at, state, text: isOneOfMany ? `${waybill} ${remark}` : remark, code: '' } : []
  })
}
