import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readMetrics } from '../api.ts'

/**
 * The harness reads how far a target that answers early has come from a JSON document; ours tells it as a
 * Prometheus metric, and this puts it into the words of the harness: `{"completed": 12345}`.
 * @param url address of the server
 */
export async function completedCounter(url: string): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(async (_request, response) => {
    try {
      const metrics = await readMetrics(url)
      const completed = ['done', 'failed', 'waiting'].reduce(
        (sum, status) => sum + (metrics.get(`orderloom_runs_total{status="${status}"}`) ?? 0),
        0,
      )
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ completed }))
    } catch (error) {
      response.writeHead(502).end(String(error))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
