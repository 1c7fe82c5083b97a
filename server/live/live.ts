import type { FastifyInstance } from 'fastify'
import { Server } from 'socket.io'
import { isSameOrigin } from '../same-origin.ts'
import type { Services } from '../services.ts'
import { makeCounters } from './counters.ts'
import { makeDecisionSample } from './decisions.ts'
import type { DraftNews } from './draft-news.ts'
import { servePresence } from './presence.ts'
import { readWaitingRuns, type WaitingRuns, withWaiting } from './waiting-runs.ts'
import { onWork, tellWatched } from './work-news.ts'

const TICK_MS = 50
/** Between two messages; timers that come late are made up for by ones that come early, so it is measured. */
const PAUSE_MS = 100
const BACKLOG_EVERY_MS = 500
/** Runs that wait are counted in the store: seldom, and never more than a twentieth of the time. */
const WAITING_EVERY_MS = 1_000
const WAITING_REST_FACTOR = 20

/**
 * The live page's socket: `live` (counters) and `decisions` (a sample with sentences), each at most ten times
 * a second and only when something changed. Without a watcher nothing but the counting itself is done. What other
 * processes do is counted here as well, so each process tells its own pages and no other's.
 */
export function serveLive(
  app: FastifyInstance,
  { engine, intake, plans, store, cluster }: Services,
  drafts: DraftNews,
): void {
  const { members, news, sockets } = cluster
  const io = new Server(app.server, {
    serveClient: false,
    adapter: sockets.adapter,
    // What comes in is a few protocol bytes and who has which draft open.
    maxHttpBufferSize: 4_096,
    allowRequest: (request, answer) => answer(null, isSameOrigin(request.headers)),
  })
  const counters = makeCounters()
  const sample = makeDecisionSample(plans)
  let backlog = { pending: 0, oldestAgeMs: 0 }
  let backlogAt = 0
  let waiting = { runs: new Map() as WaitingRuns, revision: -1, at: 0, restMs: 0 }
  let sent = { revision: -1, quiet: true, at: 0 }
  let ticking = false

  const isWatched = () => io.engine.clientsCount > 0

  async function countWaiting(now: number): Promise<void> {
    const { revision } = counters
    if (waiting.revision === revision || now - waiting.at < waiting.restMs) return
    const restMs = waiting.restMs
    waiting = { ...waiting, at: now, restMs: Number.POSITIVE_INFINITY }
    try {
      const runs = await readWaitingRuns(store)
      const tookMs = Date.now() - now
      waiting = { runs, revision, at: now, restMs: Math.max(WAITING_EVERY_MS, tookMs * WAITING_REST_FACTOR) }
    } finally {
      if (waiting.restMs === Number.POSITIVE_INFINITY) waiting = { ...waiting, restMs }
    }
  }

  async function message(now: number) {
    // Not waited for: with very many of them it takes longer than the page should stand still.
    countWaiting(now).catch(error => app.log.error({ err: error }, 'waiting runs could not be counted'))
    if (now - backlogAt >= BACKLOG_EVERY_MS) {
      backlogAt = now
      backlog = await intake.backlog()
    }
    return {
      at: new Date(now).toISOString(),
      rates: counters.rates(),
      totals: counters.totals(),
      backlog: backlog.pending,
      oldestPendingAgeMs: backlog.oldestAgeMs,
      workflows: withWaiting(counters.workflows(), waiting.runs),
    }
  }

  async function tick(): Promise<void> {
    // One at a time: a slow store must not pile messages up.
    if (ticking || !isWatched()) return
    const now = Date.now()
    if (now - sent.at < PAUSE_MS || (counters.revision === sent.revision && sent.quiet)) return
    ticking = true
    sent = { ...sent, at: now }
    try {
      const revision = counters.revision
      const live = await message(now)
      io.local.emit('live', live)
      // Keeps telling until the rates read zero, the backlog is gone and those that wait are counted.
      const isCounted = waiting.revision === revision
      const quiet = isCounted && live.backlog === 0 && Object.values(live.rates).every(rate => rate === 0)
      sent = { revision, quiet, at: now }
      const decisions = await sample.take()
      if (decisions.length > 0) io.local.emit('decisions', decisions)
    } catch (error) {
      app.log.error({ err: error }, 'live counters could not be sent')
    } finally {
      ticking = false
    }
  }

  io.on('connection', socket => {
    message(Date.now()).then(
      live => socket.emit('live', live),
      error => app.log.error({ err: error }, 'live counters could not be sent'),
    )
  })

  const stopWatching = [
    servePresence(io, { drafts, members }),
    intake.onAccepted(count => counters.accepted(count)),
    engine.onBatch(report => {
      counters.batch(report)
      if (isWatched()) sample.keep(report)
    }),
    onWork(news, ({ tally, decisions }) => {
      counters.add(tally)
      if (isWatched()) sample.add(decisions)
    }),
    tellWatched(news, isWatched),
  ]
  const timer = setInterval(tick, TICK_MS)
  timer.unref()

  app.addHook('preClose', async () => {
    clearInterval(timer)
    for (const stop of stopWatching) stop()
    // Those of other processes stay.
    io.local.disconnectSockets(true)
    await io.of('/').adapter.close()
    io.engine.close()
  })
}
