import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/** Headers under which the editor and the API docs work and nothing from elsewhere does. */
export async function setSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The component library of the editor writes its styles at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        // Plain http on loopback: upgrading would send the browser to a port that speaks no TLS.
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  })
}
