import { hash } from 'node:crypto'
import { errors } from '../errors.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { EventDoc } from '../store/event-doc.ts'
import { insertNew } from '../store/insert-new.ts'
import { laneOf } from '../store/lanes.ts'
import type { QuarantineDoc } from '../store/quarantine-doc.ts'
import type { Store } from '../store/store.ts'
import type { FieldProblem } from '../world/world.ts'
import type { Buffer } from './buffer.ts'
import { groupCommit } from './group-commit.ts'
import { identify, type Reading } from './identify.ts'
import { rememberParsed } from './parsed.ts'
import type { Backlog, Receipt } from './receipt.ts'

const MAX_EVENTS_PER_WRITE = 1_000
const RETRY_AFTER_SECONDS = 5

export interface ResumeRequest {
  readonly kind: 'resume' | 'retry'
  readonly workspace: string
  readonly run: string
  /** Effect key of the visit that goes on. */
  readonly key: string
  readonly port: string
  readonly by: string
  readonly order: string
  readonly lane: number
  /** Tells one retry of the same step from the next. */
  readonly attempt?: number
}

/** Something that happened and is no order: it starts the workflows whose trigger waits for such a thing. */
export interface Signal {
  readonly workspace: string
  /** What it is, so that raising it again is the same signal. */
  readonly key: string
  readonly body: object
  /** The order it is about, where it is about one: it is worked in that order's lane, and its runs are the order's. */
  readonly about?: Pick<EventDoc, 'order' | 'lane' | 'connection' | 'channel' | 'shop'>
}

/** The front of everything: what it answers for is on disk. */
export interface Intake {
  /**
   * Takes source documents of one connection (parsed JSON); they are durable when it resolves.
   * A mended document is a version of its own even where its version field says the same as before.
   * @param identified called with the ids of the events before they are taken
   * @throws errors.Busy when the backlog is full, errors.ConnectionPaused, errors.Stopping; then nothing was taken
   */
  accept(
    connection: ConnectionDoc,
    documents: readonly unknown[],
    how?: Reading,
    identified?: (events: readonly string[]) => void,
  ): Promise<Receipt>
  /** Keeps a text nobody can read where a person can mend it. @returns its quarantine id */
  refuse(connection: ConnectionDoc, body: string, problems: readonly FieldProblem[]): Promise<string>
  /** Lets parked runs go on and failed ones try again; durable when it resolves, once per request. */
  resume(requests: readonly ResumeRequest[]): Promise<void>
  /** Takes signals; durable when it resolves. @returns how many were new */
  signal(signals: readonly Signal[]): Promise<number>
  /** Sends an event on its way again that no workflow wanted or that was set aside. @returns whether it was one */
  requeue(event: string): Promise<boolean>
  backlog(): Promise<Backlog>
  /** How many events wait, as far as this process knows. */
  pending(): number
  /** Told by the engine: so many events are worked off. */
  worked(count: number): void
  /** Counts the backlog anew: other processes append and work off as well. */
  recount(): Promise<void>
  onAccepted(listener: (count: number) => void): () => void
  close(): Promise<void>
}

export interface IntakeOptions {
  readonly maxBacklog: number
  /** Called with the lanes that have something to do. */
  readonly wake: (lanes: ReadonlySet<number>) => void
}

export async function openIntake(store: Store, buffer: Buffer, options: IntakeOptions): Promise<Intake> {
  const listeners = new Set<(count: number) => void>()
  let pending = await buffer.count()
  let closing = false
  let lastSeq = 0

  // Grows within the process and, by the clock, across processes.
  const nextSeq = () => (lastSeq = Math.max(lastSeq + 1, Date.now() * 4_096))

  const appended = groupCommit(async (events: EventDoc[]) => {
    const repeated = await buffer.append(events)
    pending += repeated.reduce((count, isRepeated) => (isRepeated ? count : count + 1), 0)
    options.wake(new Set(events.map(each => each.lane)))
    return repeated
  }, MAX_EVENTS_PER_WRITE)

  function guard(connection: ConnectionDoc, count: number): void {
    if (closing) throw new errors.Stopping()
    if (!connection.enabled) throw new errors.ConnectionPaused(connection._id, connection._id)
    if (pending + count > options.maxBacklog) throw new errors.Busy(RETRY_AFTER_SECONDS, RETRY_AFTER_SECONDS)
  }

  async function quarantine(
    connection: ConnectionDoc,
    refused: readonly { body: string; problems: readonly FieldProblem[] }[],
  ) {
    const documents: QuarantineDoc[] = refused.map(each => ({
      _id: `q_${hash('sha1', `${connection._id}\n${each.body}`, 'base64url')}`,
      workspace: connection.workspace,
      connection: connection._id,
      event: '',
      run: '',
      body: each.body.slice(0, 1024 * 1024),
      problems: [...each.problems],
      status: 'open',
      at: new Date(),
    }))
    await insertNew(store.quarantine, documents)
    return documents.map(each => each._id)
  }

  return {
    async accept(connection, documents, how, identified) {
      guard(connection, documents.length)
      const events: EventDoc[] = []
      const ids: string[] = []
      const refused: { index: number; body: string; problems: readonly FieldProblem[] }[] = []
      const receivedAt = new Date()
      for (const [index, document] of documents.entries()) {
        const found = identify(connection, document, how, index)
        if ('problems' in found) {
          ids.push('')
          refused.push({ index, body: textOf(document), problems: found.problems })
          continue
        }
        const { identity } = found
        ids.push(identity.event)
        const event: EventDoc = {
          _id: identity.event,
          workspace: connection.workspace,
          kind: 'order',
          connection: connection._id,
          channel: connection.channel,
          shop: connection.shop,
          order: identity.order,
          lane: identity.lane,
          seq: nextSeq(),
          state: 'pending',
          body: identity.body,
          receivedAt,
        }
        rememberParsed(event, document)
        events.push(event)
      }
      identified?.(events.map(event => event._id))
      const [repeats, quarantined] = await Promise.all([
        events.length > 0 ? appended.add(events) : [],
        refused.length > 0 ? quarantine(connection, refused) : [],
      ])
      const repeated = repeats.filter(Boolean).length
      const accepted = events.length - repeated
      if (accepted > 0) for (const listener of listeners) listener(accepted)
      return {
        events: ids,
        accepted,
        repeated,
        refused: refused.map(({ index, problems }, at) => ({
          index,
          problems,
          quarantine: quarantined[at]!,
        })),
      }
    },

    async refuse(connection, body, problems) {
      const [id] = await quarantine(connection, [{ body, problems }])
      return id!
    },

    async resume(requests) {
      if (requests.length === 0) return
      await appended.add(
        requests.map(each => ({
          _id: hash('sha1', `${each.kind}\n${each.key}\n${each.port}\n${each.attempt ?? 0}`, 'base64url'),
          workspace: each.workspace,
          kind: each.kind,
          connection: '',
          channel: '',
          shop: '',
          order: each.order,
          lane: each.lane,
          seq: nextSeq(),
          state: 'pending',
          body: '',
          receivedAt: new Date(),
          resume: { run: each.run, key: each.key, port: each.port, by: each.by },
        })),
      )
    },

    async signal(signals) {
      if (signals.length === 0) return 0
      const repeated = await appended.add(
        signals.map(({ workspace, key, body, about }) => ({
          _id: `signal:${key}`,
          workspace,
          kind: 'signal',
          connection: '',
          channel: '',
          shop: '',
          order: `signal:${key}`,
          lane: laneOf(key),
          seq: nextSeq(),
          state: 'pending',
          body: JSON.stringify(body),
          receivedAt: new Date(),
          ...about,
        })),
      )
      return repeated.filter(isRepeated => !isRepeated).length
    },

    async requeue(event) {
      const lane = await buffer.requeue(event)
      if (lane === null) return false
      pending++
      options.wake(new Set([lane]))
      return true
    },

    async backlog() {
      const oldestAt = pending === 0 ? null : await buffer.oldestAt()
      return { pending, oldestAgeMs: oldestAt ? Math.max(0, Date.now() - oldestAt.getTime()) : 0 }
    },

    pending: () => pending,

    async recount() {
      pending = await buffer.count()
    },

    worked(count) {
      pending = Math.max(0, pending - count)
    },

    onAccepted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    async close() {
      closing = true
      await appended.settled()
    },
  }
}

// What a refused document looked like, as far as it can be written down.
function textOf(document: unknown): string {
  try {
    return JSON.stringify(document) ?? String(document)
  } catch (error) {
    if (error instanceof RangeError) return '(too deep to be written down)'
    throw error
  }
}
