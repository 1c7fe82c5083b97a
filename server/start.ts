import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { connectors } from '../connectors/index.ts'
import type { ActionName } from '../connectors/kit/action.ts'
import { buildApp } from './app.ts'
import { openCluster } from './cluster/cluster.ts'
import { distantEngine, hearOthers, telling } from './cluster/engine-news.ts'
import { everywhere, placesEverywhere, plansEverywhere } from './cluster/everywhere.ts'
import { isServing, isWorking } from './cluster/role.ts'
import { buildWorkerApp } from './cluster/worker-app.ts'
import type { Config } from './config.ts'
import { compareAll } from './connections/compare-orders.ts'
import { openConnections } from './connections/connections.ts'
import { openControl } from './control/control.ts'
import { createEngine, type Engine } from './engine/engine.ts'
import { openPlans } from './engine/plans.ts'
import { hotStock } from './hot/hot-stock.ts'
import { saleDesk } from './hot/sale-desk.ts'
import { openIntake } from './intake/intake.ts'
import { openBuffer } from './intake/open-buffer.ts'
import { tellWork } from './live/work-news.ts'
import { openParcels } from './parcels/parcels.ts'
import { demandLoopback } from './same-origin.ts'
import { createSchedule } from './schedule/schedule.ts'
import { type Services, WORKSPACE } from './services.ts'
import { openOrEmbed } from './store/open-or-embed.ts'
import { outboxSender } from './world/live/outbox-sender.ts'
import { outgoingCalls } from './world/live/outgoing-call.ts'
import { readPlaces } from './world/live/places.ts'
import { restocker } from './world/live/restocker.ts'
import { stockDesk } from './world/stock-desk.ts'

const SWEEP_EVERY_MS = 5_000
const PARCELS_EVERY_MS = 30_000
const COMPARE_EVERY_MS = 3_600_000

const actionsOf = (connector: string) =>
  Object.keys(connectors.get(connector)?.actions ?? {}) as readonly ActionName[]

/** The running product. */
export interface Product {
  readonly app: FastifyInstance
  readonly services: Services
  readonly url: string
  /** Takes nothing new, finishes what is under way, closes the store. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** Called when the process is gone that serves this one the embedded store: nothing can be done any more. */
  readonly storeLost?: () => void
}

/**
 * Starts everything, each part after those it needs: store → cluster → plans → intake → engine → clock → app.
 * What was started before something failed is stopped again.
 */
export async function startProduct(config: Config, options: StartOptions = {}): Promise<Product> {
  demandLoopback(config.host)
  const { role } = config
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
    const { store, ownsStore, close } = await openOrEmbed(config, options.storeLost)
    stops.push(close)
    const cluster = await openCluster(store, { role, redisUrl: config.redisUrl, log })
    stops.push(() => cluster.close())
    const { members, news, share } = cluster
    const plans = openPlans(store, WORKSPACE)
    await plans.refresh()

    let engine: Engine | undefined
    const wake = (lanes: ReadonlySet<number>) => engine?.wake(lanes)
    const buffer = await openBuffer(store, {
      redisUrl: config.redisUrl,
      workspace: WORKSPACE,
      storeKind: config.mongoUri ? 'mongodb' : ownsStore ? 'own' : 'shared',
      dataDir: config.dataDir,
      moved: wake,
      log,
    })
    stops.push(() => buffer.close())
    const intake = await openIntake(store, buffer, { maxBacklog: config.maxBacklog, wake })
    stops.push(() => intake.close())
    const control = await openControl({
      store,
      intake,
      workspace: WORKSPACE,
      defaults: { drainPerSecond: config.drainPerSecond },
      log,
      tell: () => news.tell('settings', {}),
    })
    stops.push(() => control.close())
    const { settings } = control
    news.on('settings', () => {
      settings.refresh().catch(error => log.error({ err: error }, 'settings could not be read again'))
    })
    const places = readPlaces(store, WORKSPACE, actionsOf)
    const refresh = () => Promise.all([plans.refresh(), places.refresh()])
    engine = isWorking(role)
      ? telling(
          createEngine({
            store,
            buffer,
            plans,
            places,
            workspace: WORKSPACE,
            log,
            intake,
            mostLanes: share.most,
            // The rate is that of the whole installation.
            drainPerSecond: () => settings.current().drainPerSecond / share.workers(),
          }),
          news,
        )
      : distantEngine(news, buffer, refresh, log)
    const sales = saleDesk(store, places, WORKSPACE)
    if (isWorking(role)) {
      const hot = hotStock({
        store,
        plans,
        places,
        workspace: WORKSPACE,
        desk: sales,
        raise: intake.signal,
        log,
      })
      engine.onBatch(hot.count)
      hot.start()
      // After the engine: what its last batches sold is counted, too.
      stops.push(() => hot.stop())
    }
    await engine.start()
    stops.push(() => engine.stop())
    stops.push(
      hearOthers({ news, engine: isWorking(role) ? engine : undefined, buffer, intake, refresh, log }),
    )
    const all = everywhere({ news, members, refresh, log })
    stops.push(async () => all.stop())
    const stopTelling = tellWork({ news, engine, intake, plans, log })
    stops.push(async () => stopTelling())
    const connections = openConnections({
      store,
      intake,
      connectors,
      config,
      workspace: WORKSPACE,
      // Carriers push only once the server listens.
      recordParcels: reports => parcels.record(reports),
      log,
    })
    stops.push(() => connections.close())
    const parcels = openParcels({
      store,
      plans,
      desk: connections.desk,
      intake,
      workspace: WORKSPACE,
      log,
    })
    engine.onBatch(parcels.onBatch)
    stops.push(() => parcels.stop())
    const calls = outgoingCalls(config.outgoingAllow)
    stops.push(() => calls.close())
    const outbox = outboxSender(store, calls, {
      workspace: WORKSPACE,
      actions: connections.actions,
      confirmed: parcels.onConfirmed,
      log,
    })
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
      desk: connections.desk,
      log,
      ownsStore,
      isWorking: isWorking(role),
      jobs: [
        { name: 'sweep-outbox', everyMs: SWEEP_EVERY_MS, run: outbox.look },
        { name: 'sweep-restocks', everyMs: SWEEP_EVERY_MS, run: restocks.sweep },
        { name: 'sweep-parcels', everyMs: PARCELS_EVERY_MS, run: parcels.sweep },
        { name: 'sweep-wanted', everyMs: SWEEP_EVERY_MS, run: connections.wanted.sweep },
        {
          name: 'compare-orders',
          everyMs: COMPARE_EVERY_MS,
          run: signal => compareAll({ store, ...connections, log }, signal),
        },
      ],
    })
    await schedule.start()
    stops.push(() => schedule.stop())

    const services: Services = {
      config,
      store,
      // Whoever changes something by a route changes it for all processes.
      plans: plansEverywhere(plans, all),
      places: placesEverywhere(places, all),
      buffer,
      intake,
      engine,
      schedule,
      stockDesk: desk,
      saleDesk: sales,
      control,
      connections,
      cluster,
    }
    const built = isServing(role) ? await buildApp(services) : await buildWorkerApp(services)
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
