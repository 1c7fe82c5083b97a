import { randomBytes } from 'node:crypto'
import type { Connector, Wanted } from '../../connectors/connector.ts'
import { ConnectorError, prospectOf } from '../../connectors/kit/fault.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'
import type { WantedDoc } from '../store/wanted-doc.ts'
import type { ConnectorDesk } from './connector-desk.ts'
import { noteFault } from './note-fault.ts'

/** What is to be read again, durable until it was. */
export interface WantedDesk {
  /** Durable when it resolves. */
  want(connection: ConnectionDoc, wanted: readonly Wanted[]): Promise<void>
  /** Something was wanted: reads it without being waited for. */
  wake(): void
  /** Reads whatever is due. Callers at the same time share one sweep. */
  sweep(): Promise<void>
  stop(): Promise<void>
}

const AT_ONCE = 100
const CONNECTIONS_AT_ONCE = 10
/** Faults that may be about one of several that were asked for together. */
const OF_ONE: ReadonlySet<string> = new Set(['request', 'business', 'unreadable'])
const FIRST_BACKOFF_MS = 2_000
const MAX_BACKOFF_MS = 600_000

export interface WantedDeps {
  readonly store: Store
  readonly desk: ConnectorDesk
  readonly log: { warn(details: object, message: string): void }
}

export function wantedDesk({ store, desk, log }: WantedDeps): WantedDesk {
  const stopping = new AbortController()
  let sweeping: Promise<void> | undefined
  let isWoken = false

  function sweep(): Promise<void> {
    isWoken = true
    sweeping ??= sweepAll().finally(() => {
      sweeping = undefined
    })
    return sweeping
  }

  async function sweepAll(): Promise<void> {
    while (isWoken && !stopping.signal.aborted) {
      isWoken = false
      const due = await store.wanted.distinct('connection', { nextAt: { $lte: new Date() } })
      const queue = due[Symbol.iterator]()
      const worker = async () => {
        for (const id of queue) if (!stopping.signal.aborted) await readFor(id)
      }
      await Promise.all(Array.from({ length: CONNECTIONS_AT_ONCE }, worker))
    }
  }

  async function readFor(id: string): Promise<void> {
    const connection = await store.connections.findById(id).lean()
    const connector = connection && desk.connectorOf(connection)
    // Switched off meanwhile: what is wanted waits until it is on again.
    if (!connection?.enabled || !connector?.fetch) return
    const due = await store.wanted
      .find({ connection: id, nextAt: { $lte: new Date() } })
      .sort({ nextAt: 1 })
      .limit(AT_ONCE)
      .lean()
    if (due.length === 0) return
    try {
      await readThese(connection, connector, due)
      if (due.length === AT_ONCE) isWoken = true
    } catch (error) {
      if (stopping.signal.aborted) return
      log.warn(
        { err: error, connection: id },
        'orders named by the platform could not be read; they are tried again',
      )
      // Only a person can mend it: it stands where people look.
      if (error instanceof ConnectorError && prospectOf(error.fault).blame === 'account')
        await noteFault(store, id, error)
    }
  }

  /** What is read is wanted no more; what cannot be is wanted again later. @throws what reading throws */
  async function readThese(
    connection: ConnectionDoc,
    connector: Connector,
    due: readonly WantedDoc[],
  ): Promise<void> {
    try {
      const context = await desk.pollContext(connection, stopping.signal)
      await connector.fetch?.(
        due.map(({ kind, id }) => ({ kind, id })),
        context,
      )
    } catch (error) {
      if (stopping.signal.aborted) throw error
      // One of them may be what the platform chokes on: the others must not wait for it.
      if (due.length > 1 && error instanceof ConnectorError && OF_ONE.has(error.fault.class)) {
        for (const each of due)
          await readThese(connection, connector, [each]).catch(failure => {
            if (!(failure instanceof ConnectorError) || !OF_ONE.has(failure.fault.class)) throw failure
          })
        return
      }
      await putOff(due, error)
      throw error
    }
    // Wanted again meanwhile: then it has another stamp, and is read once more.
    await store.wanted.bulkWrite(
      due.map(({ _id, stamp }) => ({ deleteOne: { filter: { _id, stamp } } })),
      { ordered: false },
    )
  }

  async function putOff(due: readonly WantedDoc[], error: unknown): Promise<void> {
    const lastError = (error instanceof Error ? error.message : String(error)).slice(0, 300)
    await store.wanted.bulkWrite(
      due.map(({ _id, attempts }) => ({
        updateOne: {
          filter: { _id },
          update: {
            $set: { nextAt: new Date(Date.now() + backoffMs(attempts)), lastError },
            $inc: { attempts: 1 },
          },
        },
      })),
      { ordered: false },
    )
  }

  return {
    async want({ _id: connection, workspace }, wanted) {
      if (wanted.length === 0) return
      const now = new Date()
      await store.wanted.bulkWrite(
        wanted.map(({ kind, id }) => ({
          updateOne: {
            filter: { _id: `${connection}/${kind}/${id}` },
            update: {
              $set: {
                workspace,
                connection,
                kind,
                id,
                stamp: randomBytes(9).toString('base64url'),
                nextAt: now,
              },
              $setOnInsert: { attempts: 0, since: now },
            },
            upsert: true,
          },
        })),
        { ordered: false },
      )
    },
    wake: () =>
      void sweep().catch(error => log.warn({ err: error }, 'what platforms named could not be looked up')),
    sweep,
    async stop() {
      stopping.abort()
      await sweeping
    },
  }
}

const backoffMs = (attempts: number) =>
  Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** attempts) * (0.5 + Math.random() / 2)
