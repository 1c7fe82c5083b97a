import Fastify, { type FastifyInstance } from 'fastify'
import { breakAsAsked } from './faults.ts'
import type { Simulator } from './simulator.ts'

/** Simulated platforms behind one address, each under its own name. */
export interface SimulatorServer {
  /** `http://127.0.0.1:7700` */
  readonly url: string
  close(): Promise<void>
}

const MAX_BODY_BYTES = 32 * 1024 * 1024

/** @param port 0 for any free one */
export async function serveSimulators(
  simulators: readonly Simulator[],
  port: number,
  addPages: (app: FastifyInstance) => void | Promise<void> = () => {},
): Promise<SimulatorServer> {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  })
  for (const simulator of simulators)
    await app.register(async scope => {
      // Signatures are made over what was sent, byte for byte: bodies stay text.
      scope.removeAllContentTypeParsers()
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
      breakAsAsked(scope, simulator.faults)
      await simulator.mount(scope)
    })
  await app.register(async scope => addPages(scope))
  const url = await app.listen({ host: '127.0.0.1', port })
  return { url, close: () => app.close() }
}
