import type { ConnectorDesk } from '../connections/connector-desk.ts'
import { clearFault, noteFault } from '../connections/note-fault.ts'
import type { Store } from '../store/store.ts'
import type { PollLeases } from './poll-lease.ts'

const RENEW_MS = 15_000

export interface PollDeps {
  readonly store: Store
  readonly desk: ConnectorDesk
  readonly leases: PollLeases
  readonly log: { warn(details: object, message: string): void }
}

/**
 * Polls a connection once, and once more when it was asked for meanwhile; nothing happens while another
 * process polls it. What went wrong is written on the connection, where people see it.
 * @param stillAlive called while it lasts, so that the clock knows this job lives
 * @throws what the connector throws, after writing it down
 */
export async function pollConnection(
  id: string,
  deps: PollDeps,
  signal: AbortSignal,
  stillAlive: () => Promise<void>,
): Promise<void> {
  const { store, leases, log } = deps
  if (signal.aborted || !(await leases.acquire(id))) return
  let held = true
  const renewing = setInterval(() => {
    // A lease that runs out is no harm: at worst another process reads what is known already.
    Promise.all([leases.renew(id), stillAlive()]).catch(error =>
      log.warn({ err: error, connection: id }, 'the lease of a poll could not be renewed'),
    )
  }, RENEW_MS)
  try {
    let failure: unknown
    while (held && !signal.aborted) {
      failure = await pollOnce(id, deps, signal).then(
        () => undefined,
        (error: unknown) => error ?? new Error('The poll failed without a reason.'),
      )
      // Asked for again meanwhile: what was wrong may be mended since.
      held = !(await leases.release(id))
    }
    // Stopped in the middle: nothing is wrong with the connection.
    if (signal.aborted) return
    await store.connections.updateOne({ _id: id }, { $set: { lastPolledAt: new Date() } })
    if (failure === undefined) return await clearFault(store, id)
    await noteFault(store, id, failure)
    throw failure
  } finally {
    clearInterval(renewing)
    if (held) await leases.free(id)
  }
}

async function pollOnce(id: string, { store, desk }: PollDeps, signal: AbortSignal): Promise<void> {
  const connection = await store.connections.findById(id).lean()
  const connector = connection && desk.connectorOf(connection)
  if (!connection?.enabled || !connector?.poll) return
  await connector.poll(await desk.pollContext(connection, signal))
}
