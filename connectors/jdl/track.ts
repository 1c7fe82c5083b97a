import { ConnectorError } from '../kit/fault.ts'
import type { ParcelReport, TrackedParcel } from '../kit/parcel.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import { callJdl, type JdlContext } from './client.ts'
import { isNoRoute } from './faults.ts'
import { jdlReport } from './route.ts'

const AT_ONCE = 3
const TRACE = '/ecap/v1/orders/trace/query'

/** Asks for one number: what is known of it, which may be nothing. @throws ConnectorError */
export async function traceOf(waybill: string, context: JdlContext): Promise<ParcelReport | undefined> {
  const { customerCode, orderOrigin = '1' } = context.settings
  const asked = [{ waybillCode: waybill, orderOrigin: Number(orderOrigin), customerCode }]
  const data = await callJdl(context, TRACE, asked).catch((error: unknown) => {
    if (error instanceof ConnectorError && isNoRoute(error.fault)) return undefined
    throw error
  })
  const report = jdlReport(waybill, data)
  return report.nodes.length > 0 ? report : undefined
}

/** An answer is about one number, so each has a call of its own. */
export async function trackJdl(
  parcels: readonly TrackedParcel[],
  context: JdlContext,
): Promise<readonly ParcelReport[]> {
  const told = await sideBySide(parcels, AT_ONCE, parcel => traceOf(parcel.waybill, context))
  return told.filter(report => report !== undefined)
}
