import { readConfig } from './config.ts'
import { type Product, startProduct } from './start.ts'

const STOP_MS = 10_000

try {
  const product = await startProduct(readConfig(process.env))
  console.log(`织单已就绪,请打开 ${product.url} · Orderloom is ready: open ${product.url}`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(product))
} catch (error) {
  console.error(`启动失败 / Could not start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}

function stop(product: Product): void {
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
