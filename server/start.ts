import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { connectors } from '../connectors/index.ts'
import { buildApp } from './app.ts'
import type { Config } from './config.ts'
import { createEngine, type Engine } from './engine/engine.ts'
import { openPlans } from './engine/plans.ts'
import { openIntake } from './intake/intake.ts'
import { demandLoopback } from './same-origin.ts'
import { createSchedule } from './schedule/schedule.ts'
import { type Services, WORKSPACE } from './services.ts'
import { openOrEmbed } from './store/open-or-embed.ts'
import { outboxSender } from './world/live/outbox-sender.ts'
import { outgoingCalls } from './world/live/outgoing-call.ts'
import { readPlaces } from './world/live/places.ts'
import { restocker } from './world/live/restocker.ts'
import { stockDesk } from './world/stock-desk.ts'

/** The running product. */
export interface Product {
  readonly app: FastifyInstance
  readonly services: Services
  readonly url: string
  /** Takes nothing new, finishes what is under way, closes the store. */
  stop(): Promise<void>
}

/**
 * Starts everything, each part after those it needs: store → plans → intake → engine → clock → app.
 * What was started before something failed is stopped again.
 */
export async function startProduct(config: Config): Promise<Product> {
  demandLoopback(config.host)
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next()
  }
  try {
    // The app brings the logger and comes last; what goes wrong before it stands is printed.
    let app: FastifyInstance | undefined
    const log = {
      error: (details: object, message: string): void =>
        app ? app.log.error(details, message) : console.error(message, details),
      warn: (details: object, message: string): void =>
        app ? app.log.warn(details, message) : console.warn(message, details),
    }
    const { store, close } = await openOrEmbed(config)
    stops.push(close)
    const plans = openPlans(store, WORKSPACE)
    await plans.refresh()

    let engine: Engine | undefined
    const wake = (lanes: ReadonlySet<number>) => engine?.wake(lanes)
    const intake = await openIntake(store, { maxBacklog: config.maxBacklog, wake })
    stops.push(() => intake.close())
    const places = readPlaces(store, WORKSPACE)
    engine = createEngine({ store, plans, places, workspace: WORKSPACE, log, intake }, config.drainPerSecond)
    await engine.start()
    stops.push(() => engine.stop())
    const calls = outgoingCalls(config.outgoingAllow)
    stops.push(() => calls.close())
    const outbox = outboxSender(store, calls, { workspace: WORKSPACE, log })
    // What a batch planned goes out at once; the clock comes for what must be tried again.
    engine.onBatch(report => void (report.calls > 0 && outbox.wake()))
    stops.push(() => outbox.stop())
    const desk = stockDesk(store, WORKSPACE)
    const restocks = restocker(store, desk, { log })
    engine.onBatch(report => void (report.restocks > 0 && restocks.wake()))
    stops.push(() => restocks.stop())
    const schedule = createSchedule({
      store,
      intake,
      config,
      connectors,
      log,
      sweepOutbox: outbox.sweep,
      sweepRestocks: restocks.sweep,
    })
    await schedule.start()
    stops.push(() => schedule.stop())

    const services: Services = {
      config,
      store,
      plans,
      places,
      intake,
      engine,
      schedule,
      stockDesk: desk,
    }
    const built = await buildApp(services)
    app = built
    stops.push(() => built.close())
    await built.listen({ host: config.host, port: config.port })
    const { port } = built.server.address() as AddressInfo
    const host = config.host.includes(':') ? `[${config.host}]` : config.host
    return { app: built, services, url: `http://${host}:${port}`, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
