import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Services } from '../services.ts'
import type { Api } from './api.ts'

const OUTBOX_STATES = ['planned', 'sent', 'confirmed', 'failed', 'unknown'] as const

/** Prometheus metrics at /metrics; each app has its own registry, so that several may live in one process. */
export function metricRoutes(app: Api, { intake, engine, store, config, control }: Services): void {
  const registry = new Registry()
  const registers = [registry]
  const counter = (name: string, help: string) => new Counter({ name: `orderloom_${name}`, help, registers })
  const gauge = (name: string, help: string) => new Gauge({ name: `orderloom_${name}`, help, registers })

  const accepted = counter('events_accepted_total', 'Events made durable by this process')
  const runs = new Counter({
    name: 'orderloom_runs_total',
    help: 'Runs committed by this process, by how they stand',
    labelNames: ['status'],
    registers,
  })
  for (const status of ['done', 'failed', 'waiting']) runs.inc({ status }, 0)
  const batchSeconds = new Histogram({
    name: 'orderloom_batch_seconds',
    help: 'From the start of a batch to its commit',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const httpSeconds = new Histogram({
    name: 'orderloom_http_seconds',
    help: 'From request to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  })
  const backlog = gauge('backlog_events', 'Events that wait to be decided')
  const oldest = gauge('backlog_oldest_seconds', 'Age of the oldest event that waits')
  const drain = gauge(
    'drain_estimate_seconds',
    'Until the backlog is gone at the present pace; +Inf where it does not shrink',
  )
  const outbox = new Gauge({
    name: 'orderloom_outbox_calls',
    help: 'Outward calls by state',
    labelNames: ['state'],
    registers,
  })
  new Gauge({
    name: 'orderloom_store_mode',
    help: '1 for the store in use',
    labelNames: ['mode'],
    registers,
  }).set({ mode: config.mongoUri ? 'mongodb' : 'embedded' }, 1)

  const stopWatching = [
    intake.onAccepted(count => accepted.inc(count)),
    engine.onBatch(report => {
      for (const run of report.runs) runs.inc({ status: run.status })
      batchSeconds.observe(Math.max(0, Date.now() - report.at.getTime()) / 1000)
    }),
  ]
  app.addHook('onClose', async () => {
    for (const stop of stopWatching) stop()
  })
  app.addHook('onResponse', (request, reply, done) => {
    // The pattern, not the address: ids would make a series each.
    const route = request.routeOptions.url ?? 'none'
    httpSeconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    done()
  })

  app.get('/metrics', { config: { role: 'viewer' }, schema: { hide: true } }, async (_request, reply) => {
    const { pending, oldestAgeMs, drainMs } = await control.pace.read()
    backlog.set(pending)
    oldest.set(oldestAgeMs / 1000)
    drain.set(drainMs === null ? Number.POSITIVE_INFINITY : drainMs / 1000)
    await Promise.all(
      OUTBOX_STATES.map(async state => outbox.set({ state }, await store.outbox.countDocuments({ state }))),
    )
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
