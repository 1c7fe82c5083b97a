import { allSimulators } from './all.ts'
import { simulatorPages } from './pages.ts'
import { serveSimulators } from './serve.ts'

const PORT = 7700

/** `npm run simulators`: every simulated platform at one address, with a page to play them. PORT chooses another. */
const port = Number(process.env.PORT || PORT)
const simulators = allSimulators()
let url = ''
const server = await serveSimulators(simulators, port, app => simulatorPages(app, simulators, () => url))
url = server.url
console.log(`模拟平台 ${url} / The simulated platforms are at ${url}`)
if (port !== PORT)
  console.log(
    `产品默认只允许访问 127.0.0.1:${PORT}，请这样启动：OUTGOING_ALLOW=127.0.0.1:${port} npm start / The product may call 127.0.0.1:${PORT} only: start it with OUTGOING_ALLOW=127.0.0.1:${port}`,
  )
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void server.close().then(() => process.exit(0)))
