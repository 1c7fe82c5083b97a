import Fastify, { type FastifyInstance, LogController } from 'fastify'
import packageJson from '../../package.json' with { type: 'json' }
import { answerErrors } from '../routes/error-handler.ts'
import { healthRoutes } from '../routes/health.ts'
import { metricRoutes } from '../routes/metrics.ts'
import { demandRoles } from '../routes/role.ts'
import { setSecurityHeaders } from '../routes/security-headers.ts'
import { makeValidatorCompiler } from '../routes/validator.ts'
import { refuseOtherOrigins } from '../same-origin.ts'
import type { Services } from '../services.ts'

/** What a worker answers: whether it is well, and its metrics. Pages and orders are for the web processes. */
export async function buildWorkerApp(services: Services): Promise<FastifyInstance> {
  const { config } = services
  const app = Fastify({
    logger: { level: config.logLevel },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  })
  app.setValidatorCompiler(makeValidatorCompiler())
  answerErrors(app, config.maxBodyBytes)
  refuseOtherOrigins(app)
  demandRoles(app)
  await setSecurityHeaders(app)
  await app.register(async api => healthRoutes(api, services, packageJson.version))
  metricRoutes(app, services)
  await app.ready()
  return app
}
