import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect as atOnce, type Browser, chromium, type Page } from '@playwright/test'
import { startProduct } from '../../server/start.ts'

/** Waits as long as a slow machine with much else to do may take. */
export const expect = atOnce.configure({ timeout: 30_000 })

/** The product in this process on a fresh folder, and a real browser before it. */
export interface Visit {
  readonly url: string
  /** A page in a window of its own; what goes wrong in its console is kept in `faults`. */
  open(path: string, window?: { width: number; height: number }): Promise<Page>
  readonly faults: readonly string[]
  /** One call to the server's API, as another system makes it. @throws what it refuses */
  call<T = unknown>(method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: unknown): Promise<T>
  /** Of a page on which a test failed: keeps a picture in `test-results/` and prints where and what it is. */
  keepSight(
    page: Page,
    task: { readonly name: string; readonly result?: { readonly state: string } },
  ): Promise<void>
  close(): Promise<void>
}

const root = new URL('../..', import.meta.url).pathname
// Flags a browser needs in a container, and those that keep it from calling out.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-sync',
]

export async function visit(): Promise<Visit> {
  const dataDir = await mkdtemp(join(tmpdir(), 'orderloom-journey-'))
  const { readConfig } = await import('../../server/config.ts')
  const product = await startProduct(readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' }))
  const browser: Browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  const faults: string[] = []
  return {
    url: product.url,
    faults,
    async open(path, window = { width: 1280, height: 800 }) {
      const context = await browser.newContext({
        viewport: window,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      const page = await context.newPage()
      page.on('console', message => message.type() === 'error' && faults.push(message.text()))
      page.on('pageerror', error => faults.push(String(error)))
      await page.goto(`${product.url}${path}`)
      return page
    },
    async call<T>(method: string, path: string, body?: unknown) {
      const answer = await fetch(`${product.url}/api${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as T
    },
    async keepSight(page, { name, result }) {
      if (result?.state !== 'fail') return
      const shown = await page.locator('body').innerText({ timeout: 5_000 }).catch(String)
      console.error(
        `${name}: at ${page.url()}\nfaults: ${faults.join(' | ')}\nshown: ${shown.slice(0, 1_500)}`,
      )
      await page.screenshot({ path: join(root, 'test-results', `${name.slice(0, 60)}.png`) })
    },
    async close() {
      await browser.close()
      await product.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
