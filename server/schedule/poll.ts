import { settingsProblems } from '../../connectors/check-settings.ts'
import type { Connector } from '../../connectors/connector.ts'
import type { Config } from '../config.ts'
import { errors } from '../errors.ts'
import type { Intake } from '../intake/intake.ts'
import type { Store } from '../store/store.ts'
import type { PollLeases } from './poll-lease.ts'

const RENEW_MS = 15_000

export interface PollDeps {
  readonly store: Store
  readonly intake: Intake
  readonly config: Config
  readonly connectors: ReadonlyMap<string, Connector>
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
    while (held && !signal.aborted) {
      await pollOnce(id, deps, signal)
      held = !(await leases.release(id))
    }
    await store.connections.updateOne(
      { _id: id },
      { $set: { lastPolledAt: new Date() }, $unset: { lastError: 1 } },
    )
  } catch (error) {
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 500)
    await store.connections.updateOne({ _id: id }, { $set: { lastPolledAt: new Date(), lastError } })
    throw error
  } finally {
    clearInterval(renewing)
    if (held) await leases.free(id)
  }
}

async function pollOnce(
  id: string,
  { store, intake, config, connectors }: PollDeps,
  signal: AbortSignal,
): Promise<void> {
  const connection = await store.connections.findById(id).lean()
  const connector = connection && connectors.get(connection.connector)
  if (!connection?.enabled || !connector?.poll) return
  const problems = settingsProblems(connector, connection.settings)
  if (problems.length > 0) throw new errors.SettingsInvalid(problems.join('; '), problems.join('; '))
  await connector.poll(connection, {
    settings: connection.settings,
    dataDir: config.dataDir,
    maxBytes: config.maxBodyBytes,
    signal,
    accept: documents => intake.accept(connection, documents),
    refuse: (body, faults) => intake.refuse(connection, body, faults),
  })
}
