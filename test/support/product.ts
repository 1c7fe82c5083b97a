import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { readConfig } from '../../server/config.ts'
import { type Product, startProduct } from '../../server/start.ts'
import { plainConnection, warehouses, warehouseWorkflow } from './warehouse-shop.ts'

/** Parsed JSON as tests read it: any path may be followed, and is undefined where nothing is. */
export interface Json {
  readonly [key: string]: Json
}

export interface Answer {
  readonly status: number
  readonly body: Json
  readonly headers: Record<string, unknown>
}

/** The whole product in this process, on a fresh data folder and a free port. */
export interface ProductRoom extends Product {
  readonly dataDir: string
  get(path: string): Promise<Answer>
  post(path: string, body?: unknown): Promise<Answer>
  put(path: string, body: unknown): Promise<Answer>
  send(options: InjectOptions): Promise<Answer>
  /** Gives it the warehouse shop: three warehouses with stock, the plain connection and the published workflow. */
  openShop(stock?: Readonly<Record<string, Readonly<Record<string, number>>>>): Promise<void>
  /** Posts documents to the plain connection and waits until all are decided. */
  decide(...documents: unknown[]): Promise<Answer>
  close(): Promise<void>
}

export async function openProduct(env: Record<string, string> = {}): Promise<ProductRoom> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orderloom-'))
  const product = await startProduct(
    readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', PORT: '0', ...env }),
  )
  const { app, services } = product

  async function send(options: InjectOptions): Promise<Answer> {
    const answer = await app.inject(options)
    const isJson = String(answer.headers['content-type']).includes('json')
    return {
      status: answer.statusCode,
      body: isJson ? (JSON.parse(answer.body) as Json) : (answer.body as unknown as Json),
      headers: answer.headers as Record<string, unknown>,
    }
  }
  const get = (path: string) => send({ method: 'GET', url: path })
  const post = (path: string, body?: unknown) =>
    send({ method: 'POST', url: path, ...(body === undefined ? {} : { payload: body as object }) })
  const put = (path: string, body: unknown) => send({ method: 'PUT', url: path, payload: body as object })

  return {
    ...product,
    dataDir,
    send,
    get,
    post,
    put,
    async openShop(stock = { hangzhou: { 'MILK-1': 12 } }) {
      for (const { _id, name, city, point } of warehouses)
        must(await put(`/api/warehouses/${_id}`, { name, city, point }))
      const { name, channel, shop, warehouse, identity, mapping } = plainConnection()
      must(await put('/api/connections/plain', { name, channel, shop, warehouse, identity, mapping }))
      must(await put('/api/connections/supplier', { name: '供应商', connector: 'supplier' }))
      for (const [id, skus] of Object.entries(stock)) {
        const lines = Object.entries(skus).map(([sku, quantity]) => ({ sku, quantity }))
        must(await post('/api/stock/receipts', { id: `initial-${id}`, warehouse: id, lines }))
      }
      must(await post('/api/workflows', { id: 'warehouse', name: '仓库规则', graph: warehouseWorkflow }))
      must(await post('/api/workflows/warehouse/publish', { note: '首次发布' }))
    },
    async decide(...documents) {
      const answer = await post('/api/intake/plain', documents)
      await services.engine.idle()
      return answer
    },
    async close() {
      await product.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function must(answer: Answer): void {
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body))
}
