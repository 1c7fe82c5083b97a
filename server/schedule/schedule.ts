import { randomBytes } from 'node:crypto'
import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import type { Config } from '../config.ts'
import type { ConnectorDesk } from '../connections/connector-desk.ts'
import type { Intake } from '../intake/intake.ts'
import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'
import { sweepDecidedTasks } from './decided-tasks.ts'
import { type JobClock, jobClock } from './job-clock.ts'
import { pollConnection } from './poll.ts'
import { pollLeases } from './poll-lease.ts'
import { sweepRetention } from './sweep-retention.ts'
import { sweepSightings } from './sweep-sightings.ts'
import { sweepTimers } from './sweep-timers.ts'

/** The wake-up clock: it polls connections and sweeps timers. What is due, and who works on it, stands in our own collections. */
export interface Schedule {
  start(): Promise<void>
  /** Waits up to 8 s for what is under way, then gives its jobs back. */
  stop(): Promise<void>
  /** Durable when it resolves; one that is under way looks once more. */
  pollNow(connection: string): Promise<void>
  /** A connection was added or changed. */
  reschedule(connection: ConnectionDoc): Promise<void>
}

export interface ScheduleDeps {
  readonly store: Store
  readonly intake: Intake
  readonly config: Config
  readonly desk: ConnectorDesk
  readonly log: {
    error(details: object, message: string): void
    warn(details: object, message: string): void
  }
  /** False: this process leaves the jobs to others, and only changes when they run. */
  readonly isWorking?: boolean
  /** No other process can be on the store yet. */
  readonly ownsStore?: boolean
  /** Other jobs that repeat; each is told when the server stops. */
  readonly jobs?: readonly RepeatedJob[]
}

/** Something that is looked at again and again, in one process at a time. */
export interface RepeatedJob {
  readonly name: string
  readonly everyMs: number
  run(signal: AbortSignal): Promise<void>
}

const COLLECTION = 'agenda'
const LOOK_EVERY_MS = 1_000
const SWEEP_EVERY_MS = 5_000
const FORGET_EVERY_MS = 3_600_000
// How soon a job of a process that was killed is taken over; longer ones say that they live.
const LOCK_MS = 60_000
const DRAIN_MS = 8_000
// Polls wait for platforms nearly all of their time.
const MAX_POLLS_AT_ONCE = 12
const MIN_POLL_MS = 1_000
const MAX_POLL_MS = 86_400_000

export function createSchedule(deps: ScheduleDeps): Schedule {
  const { store, intake, config, desk, log, isWorking = true, jobs = [] } = deps
  const ownsStore = deps.ownsStore ?? !config.mongoUri
  const db = store.connection.db!
  const name = `orderloom-${process.pid}-${randomBytes(4).toString('hex')}`
  const leases = pollLeases(store, name)
  let agenda: Agenda | undefined
  let clock: JobClock | undefined
  let stopping = new AbortController()
  /** Polls that somebody asked for. */
  const begun = new Set<Promise<void>>()

  /** Milliseconds; the connection's own wish where it has one. */
  function periodOf(connection: ConnectionDoc): number {
    const wish = Number(connection.settings.pollEveryMs ?? config.pollEveryMs)
    if (!Number.isFinite(wish)) return config.pollEveryMs
    return Math.min(MAX_POLL_MS, Math.max(MIN_POLL_MS, Math.round(wish)))
  }

  const polls = (connection: ConnectionDoc) =>
    connection.enabled && desk.connectorOf(connection)?.poll !== undefined

  async function reschedule(connection: ConnectionDoc): Promise<void> {
    if (!clock) return
    const { _id } = connection
    if (polls(connection)) await clock.ensure('poll', periodOf(connection), _id)
    else await clock.remove('poll', _id)
  }

  function begin(connection: string): void {
    const poll = pollConnection(connection, { ...deps, leases }, stopping.signal, async () => {})
      .catch(error => log.warn({ err: error, connection }, 'a poll failed; it runs again at its next time'))
      .finally(() => begun.delete(poll))
    begun.add(poll)
  }

  function define(running: Agenda): void {
    const options = { concurrency: 1, lockLifetime: LOCK_MS }
    running.define<{ connection: string }>(
      'poll',
      job =>
        pollConnection(job.attrs.data.connection, { ...deps, leases }, stopping.signal, () => job.touch()),
      { concurrency: MAX_POLLS_AT_ONCE, lockLimit: MAX_POLLS_AT_ONCE, lockLifetime: LOCK_MS },
    )
    running.define('sweep-timers', async () => void (await sweepTimers(store, intake)), options)
    running.define('sweep-tasks', async () => void (await sweepDecidedTasks(store, intake)), options)
    running.define(
      'sweep-retention',
      async () => {
        await sweepRetention(store, config.retentionDays)
        await sweepSightings(store)
      },
      options,
    )
    for (const { name, run } of jobs) running.define(name, async () => run(stopping.signal), options)
  }

  return {
    async start() {
      stopping = new AbortController()
      agenda = new Agenda({
        name,
        backend: new MongoBackend({ mongo: db, collection: COLLECTION } as never),
        processEvery: LOOK_EVERY_MS,
        defaultLockLifetime: LOCK_MS,
      })
      agenda.on('error', error => {
        // A look that was under way finds the store closed: that is how stopping looks from there.
        if (!stopping.signal.aborted) log.error({ err: error }, 'the clock stumbled')
      })
      agenda.on('fail', (error, job) => {
        const { name: jobName, data } = ('attrs' in job ? job.attrs : {}) as { name?: string; data?: unknown }
        log.warn({ err: error, job: jobName, data }, 'a scheduled job failed; it runs again at its next time')
      })
      if (isWorking) define(agenda)
      await agenda.ready
      clock = jobClock(db.collection(COLLECTION), agenda)
      await clock.prepare()
      if (!isWorking) return
      // The others come after the owner of the embedded store: what looks taken was held by one that ended.
      if (ownsStore) await Promise.all([clock.releaseAll(), leases.clear()])
      await clock.ensure('sweep-timers', SWEEP_EVERY_MS)
      await clock.ensure('sweep-tasks', SWEEP_EVERY_MS)
      await clock.ensure('sweep-retention', FORGET_EVERY_MS)
      for (const { name, everyMs } of jobs) await clock.ensure(name, everyMs)
      for (const connection of await store.connections.find().lean()) await reschedule(connection)
      await agenda.start()
    },

    async stop() {
      stopping.abort()
      // Draining leaves jobs locked that were taken but not begun; they are given back by name.
      await agenda?.drain(DRAIN_MS)
      await Promise.all(begun)
      await clock?.releaseMine(name)
      agenda = undefined
      clock = undefined
    },

    async pollNow(connection) {
      if (await leases.askAgain(connection)) return
      await clock?.runNow('poll', connection)
      // A job that is just ending writes its next time over ours: so the poll is begun here as well. Whichever
      // comes first does it.
      if (isWorking) begin(connection)
    },

    reschedule,
  }
}
