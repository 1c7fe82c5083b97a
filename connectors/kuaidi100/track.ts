import { carrierCode } from '../kit/carriers.ts'
import { ConnectorError } from '../kit/fault.ts'
import type { ParcelReport, TrackedParcel } from '../kit/parcel.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import { type Kuaidi100Context, queryRoute, subscribe } from './client.ts'
import { NO_RESULT, REFUSED_NUMBER } from './faults.ts'
import { kuaidi100Report } from './route.ts'

const AT_ONCE = 3

/**
 * Asks for each number. Kuaidi100 locks numbers that are asked about more than once in half an hour: whoever calls
 * keeps that distance.
 */
export async function trackKuaidi100(
  parcels: readonly TrackedParcel[],
  context: Kuaidi100Context,
): Promise<readonly ParcelReport[]> {
  return (await sideBySide(parcels, AT_ONCE, parcel => ask(parcel, context))).flat()
}

async function ask(
  { carrier, waybill, phoneTail, isNew }: TrackedParcel,
  context: Kuaidi100Context,
): Promise<readonly ParcelReport[]> {
  const { senderPhone, pushUrl } = context.settings
  const phone = senderPhone ?? phoneTail
  const asked = { com: carrierCode(carrier, 'kuaidi100'), num: waybill, ...(phone && { phone }) }
  try {
    if (pushUrl && isNew) await subscribe(context, asked, pushUrl)
    // What was asked about is what we know it by, whatever it is called in the answer.
    return [{ ...kuaidi100Report(await queryRoute(context, asked)), carrier, waybill }]
  } catch (error) {
    const code = error instanceof ConnectorError ? (error.fault.code ?? '') : ''
    if (code === NO_RESULT) return []
    if (error instanceof ConnectorError && REFUSED_NUMBER.has(code))
      return [{ carrier, waybill, nodes: [], refused: error.fault.said ?? code }]
    throw error
  }
}
