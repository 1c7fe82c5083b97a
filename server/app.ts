import Fastify, { type FastifyInstance, LogController } from 'fastify'
import packageJson from '../package.json' with { type: 'json' }
import { isWorking } from './cluster/role.ts'
import { draftNews } from './live/draft-news.ts'
import { serveLive } from './live/live.ts'
import { caseRoutes } from './routes/cases.ts'
import { comparingRoutes } from './routes/comparing.ts'
import { connectionAccessRoutes } from './routes/connection-access.ts'
import { connectionCache } from './routes/connection-cache.ts'
import { connectionPollRoutes } from './routes/connection-poll.ts'
import { connectionRoutes } from './routes/connections.ts'
import { connectorRoutes } from './routes/connectors.ts'
import { demoRoutes } from './routes/demo.ts'
import { describeApi } from './routes/docs.ts'
import { draftRoutes } from './routes/drafts.ts'
import { answerErrors, sendError } from './routes/error-handler.ts'
import { eventRoutes } from './routes/events.ts'
import { freezeRoutes } from './routes/freezes.ts'
import { healthRoutes } from './routes/health.ts'
import { intakeRoutes } from './routes/intake.ts'
import { intakeFileRoutes } from './routes/intake-files.ts'
import { ledgerRoutes } from './routes/ledger.ts'
import { mappingRoutes } from './routes/mappings.ts'
import { metricRoutes } from './routes/metrics.ts'
import { nodeTypeRoutes } from './routes/node-types.ts'
import { orderRoutes } from './routes/orders.ts'
import { outboxRoutes } from './routes/outbox.ts'
import { overviewRoutes } from './routes/overview.ts'
import { parcelRoutes } from './routes/parcels.ts'
import { publishingRoutes } from './routes/publishing.ts'
import { pushRoutes } from './routes/push.ts'
import { quarantineRoutes } from './routes/quarantine.ts'
import { readJsonSafely } from './routes/read-json.ts'
import { revealRoutes } from './routes/reveal.ts'
import { demandRoles } from './routes/role.ts'
import { runRoutes } from './routes/runs.ts'
import { setSecurityHeaders } from './routes/security-headers.ts'
import { settingsRoutes } from './routes/settings.ts'
import { serveEditor } from './routes/static-editor.ts'
import { stockRoutes } from './routes/stock.ts'
import { taskRoutes } from './routes/tasks.ts'
import { templateRoutes } from './routes/templates.ts'
import { testRoutes } from './routes/tests.ts'
import { makeValidatorCompiler } from './routes/validator.ts'
import { versionRoutes } from './routes/versions.ts'
import { warehouseRoutes } from './routes/warehouses.ts'
import { workflowChangeRoutes } from './routes/workflow-changes.ts'
import { workflowFileRoutes } from './routes/workflow-files.ts'
import { workflowRoutes } from './routes/workflows.ts'
import { demandLoopback, refuseOtherOrigins } from './same-origin.ts'
import type { Services } from './services.ts'

const { version } = packageJson

const worksElsewhere =
  ({ cluster }: Services) =>
  () =>
    cluster.members.others().some(({ role }) => isWorking(role))

/** Bodies other than orders: a drawing of 500 nodes is far below it. */
const MAX_JSON_BYTES = 2 * 1024 * 1024

/**
 * The product as a Fastify app, ready for `listen` or `inject`.
 * @throws errors.HostNotLoopback as long as nobody has to sign in
 */
export async function buildApp(services: Services): Promise<FastifyInstance> {
  const { config } = services
  demandLoopback(config.host)
  const app = Fastify({
    logger: { level: config.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    // A logger for each request would cost more than checking the request does; what fails names its request itself.
    childLoggerFactory: logger => logger,
    frameworkErrors: (error, _request, reply) => sendError(reply, error),
    bodyLimit: MAX_JSON_BYTES,
    requestTimeout: 60_000,
    // What is under way is finished; connections that only wait are closed.
    forceCloseConnections: 'idle',
    // Ids of runs hold those of events and workflows.
    routerOptions: { maxParamLength: 500 },
  })
  app.setValidatorCompiler(makeValidatorCompiler())
  answerErrors(app, config.maxBodyBytes)
  refuseOtherOrigins(app)
  demandRoles(app)
  readJsonSafely(app)
  await setSecurityHeaders(app)
  await describeApi(app, version)

  const connections = connectionCache(services.store)
  const drafts = draftNews()
  await app.register(async api => {
    healthRoutes(api, services, version)
    overviewRoutes(api, services)
    nodeTypeRoutes(api)
    workflowRoutes(api, services)
    workflowChangeRoutes(api, services)
    workflowFileRoutes(api, services)
    templateRoutes(api, services)
    draftRoutes(api, services, drafts)
    testRoutes(api, services)
    caseRoutes(api, services)
    comparingRoutes(api, services)
    publishingRoutes(api, services)
    versionRoutes(api, services, drafts)
    orderRoutes(api, services)
    revealRoutes(api, services)
    parcelRoutes(api, services)
    runRoutes(api, services)
    stockRoutes(api, services)
    ledgerRoutes(api, services)
    warehouseRoutes(api, services)
    connectorRoutes(api)
    connectionRoutes(api, services, connections)
    connectionPollRoutes(api, services)
    connectionAccessRoutes(api, services)
    quarantineRoutes(api, services)
    taskRoutes(api, services)
    eventRoutes(api, services)
    freezeRoutes(api, services)
    settingsRoutes(api, services)
    outboxRoutes(api, services)
    demoRoutes(api)
  })
  // Orders come in formats of their own, so these have parsers of their own.
  await app.register(async api => intakeRoutes(api, services, connections, worksElsewhere(services)))
  await app.register(async api => pushRoutes(api, services, connections))
  await app.register(async api => intakeFileRoutes(api, services))
  await app.register(async api => mappingRoutes(api, services))
  metricRoutes(app, services)
  serveLive(app, services, drafts)
  await serveEditor(app)
  await app.ready()
  return app
}
