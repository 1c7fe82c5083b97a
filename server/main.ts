import { setFlagsFromString } from 'node:v8'
import { type Config, readConfig } from './config.ts'
import { type Product, startProduct } from './start.ts'

const STOP_MS = 10_000
/** "Try again later" to whoever watches over processes (EX_TEMPFAIL of sysexits.h). */
const STORE_LOST = 75

// V8 would collect the heap of the store's thread (14 MB live) four times a second; so it does when it has doubled,
// which takes half of the collector's threads' work off every order. Trebled it takes a little less CPU time and 60 MB
// more. Larger young generations and fewer threads for it, or none, gave nothing. The flag holds for all threads of the
// process, and stands here because one that a later node does not know would keep it from starting on the command line.
setFlagsFromString('--heap-growing-percent=100')

let isStopping = false

try {
  const config = readConfig(process.env)
  const product = await startProduct(config, { storeLost })
  console.log(greeting(config, product))
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(product))
} catch (error) {
  console.error(`启动失败 / Could not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}

function greeting({ role }: Config, { url }: Product): string {
  return role === 'worker'
    ? `织单处理进程已就绪,状态见 ${url}/api/health · Orderloom's worker is ready: ${url}/api/health`
    : `织单已就绪,请打开 ${url} · Orderloom is ready: open ${url}`
}

/** What was begun is finished by whoever takes the lanes over; this process is to be started again. */
function storeLost(): void {
  // Stopped together with the others: there is nothing to come back for.
  if (isStopping) process.exit(0)
  console.error(
    `提供数据的进程已退出,本进程随之退出(${STORE_LOST}),请重新启动 / The process that serves the store is gone, so this one leaves (${STORE_LOST}); start it again`,
  )
  process.exit(STORE_LOST)
}

function stop(product: Product): void {
  isStopping = true
  const late = setTimeout(() => {
    console.error('停止超时,强制退出 / Stopping took too long; leaving now')
    process.exit(1)
  }, STOP_MS)
  late.unref()
  product.stop().then(
    () => process.exit(0),
    error => {
      console.error('停止时出错 / Could not stop cleanly:', error)
      process.exit(1)
    },
  )
}
