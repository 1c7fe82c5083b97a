import helmet from '@fastify/helmet'
import Fastify, { type FastifyInstance } from 'fastify'

const POLICY = {
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
} as const

const NO_SNIFFING = 'x-content-type-options'

/**
 * Headers under which the editor and the API docs work and nothing from elsewhere does. Answers of the API are JSON,
 * which no browser renders as long as it may not guess another type: they carry that header alone.
 */
export async function setSecurityHeaders(app: FastifyInstance): Promise<void> {
  const headers = await helmetHeaders()
  app.addHook('onRequest', (request, reply, done) => {
    if (request.raw.url?.startsWith('/api/')) reply.header(NO_SNIFFING, 'nosniff')
    else reply.headers(headers)
    done()
  })
}

/** What helmet sets, worked out once: it would write its policy anew for every request. */
async function helmetHeaders(): Promise<Record<string, string>> {
  const plain = await answerHeaders(false)
  const guarded = await answerHeaders(true)
  return Object.fromEntries(Object.entries(guarded).filter(([name]) => !(name in plain)))
}

async function answerHeaders(isGuarded: boolean): Promise<Record<string, string>> {
  const sample = Fastify()
  if (isGuarded) await sample.register(helmet, POLICY)
  sample.get('/', async () => '')
  const { headers } = await sample.inject('/')
  await sample.close()
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
