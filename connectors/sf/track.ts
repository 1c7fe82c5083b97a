import { ConnectorError } from '../kit/fault.ts'
import { groupBy } from '../kit/group-by.ts'
import type { ParcelReport, TrackedParcel } from '../kit/parcel.ts'
import { listOf, recordOf, textOf } from '../kit/said.ts'
import { callSf, type SfContext } from './client.ts'
import { NO_DATA } from './faults.ts'
import { sfReport } from './route.ts'

/** Numbers one call of EXP_RECE_SEARCH_ROUTES takes. */
export const NUMBERS_PER_CALL = 10

/**
 * Asks by EXP_RECE_SEARCH_ROUTES. One call checks one phone: the sender's where the settings name it, which is the
 * same for all parcels; otherwise parcels are asked by the receiver's.
 */
export async function trackSf(
  parcels: readonly TrackedParcel[],
  context: SfContext,
): Promise<readonly ParcelReport[]> {
  const { senderPhoneTail } = context.settings
  const byTail = groupBy(parcels, parcel => senderPhoneTail ?? parcel.phoneTail ?? '')
  const reports: ParcelReport[] = []
  for (const [tail, group] of byTail)
    for (let from = 0; from < group.length; from += NUMBERS_PER_CALL)
      reports.push(...(await ask(group.slice(from, from + NUMBERS_PER_CALL), tail, context)))
  return reports
}

async function ask(
  parcels: readonly TrackedParcel[],
  checkPhoneNo: string,
  context: SfContext,
): Promise<readonly ParcelReport[]> {
  const message = {
    language: 'zh-CN',
    trackingType: '1',
    trackingNumber: parcels.map(parcel => parcel.waybill),
    methodType: '1',
    ...(checkPhoneNo && { checkPhoneNo }),
  }
  const told = await callSf(context, 'EXP_RECE_SEARCH_ROUTES', message, 'read').catch((error: unknown) => {
    if (error instanceof ConnectorError && error.fault.code === NO_DATA) return { routeResps: [] }
    throw error
  })
  return listOf(told.routeResps)
    .map(recordOf)
    .filter(each => listOf(each.routes).length > 0)
    .map(each => sfReport(textOf(each.mailNo), each.routes))
}
