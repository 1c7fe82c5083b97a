import { ConnectorError, type FaultClass, faultWords, prospectOf } from '../../connectors/kit/fault.ts'
import type { ConnectionFault } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'

/** Writes on a connection what went wrong with it, where people see it. */
export async function noteFault(store: Store, connection: string, error: unknown): Promise<void> {
  const fault = faultOf(error)
  await store.connections.updateOne(
    { _id: connection },
    { $set: { lastError: fault.zh.slice(0, 500), fault } },
  )
}

/** It works again. */
export async function clearFault(store: Store, connection: string): Promise<void> {
  await store.connections.updateOne({ _id: connection }, { $unset: { lastError: 1, fault: 1 } })
}

/** An error in plain words; one that is no connector's keeps its own. */
export function faultOf(error: unknown): ConnectionFault {
  const at = new Date()
  if (error instanceof ConnectorError) {
    const { fault } = error
    return {
      class: fault.class,
      ...(fault.code !== undefined && { code: fault.code }),
      ...faultWords(fault),
      blame: prospectOf(fault).blame,
      at,
    }
  }
  const own = (error instanceof Error ? error.message : String(error)).slice(0, 500)
  const [zh, en] = own.includes(' / ') ? own.split(' / ', 2) : [own, own]
  return { class: 'request' satisfies FaultClass, zh: zh!, en: en!, blame: 'workflow', at }
}
