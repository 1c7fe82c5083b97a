import { chromium, type Page } from '@playwright/test'

// What a living canvas costs the browser: `node --import tsx test/bench/live-canvas.ts [address of the page]`.
// The page is the real one; the server is played by the test, which tells ten times a second of a thousand runs a
// second more. Needs a server or `vite` that serves the editor, by default at http://127.0.0.1:3000.

const address = process.argv[2] ?? 'http://127.0.0.1:3000/workflows/bench?view=live'
const SECONDS = 10
const MESSAGE_EVERY_MS = 100
const RUNS_PER_MESSAGE = 100

interface Measured {
  readonly nodes: number
  readonly messages: number
  readonly framesPerSecond: number
  readonly slowestFrameMs: number
  readonly longTasks: number
  readonly longestTaskMs: number
  readonly busyPercent: number
}

const both = (words: string) => ({ zh: words, en: words })
const idOf = (index: number) => `node-${index}`

/** A chain in which every fourth node also has a side exit to the last one. */
function graphOf(nodes: number) {
  return {
    nodes: Array.from({ length: nodes }, (_, index) => ({
      id: idOf(index),
      type: index === 0 ? 'order.received' : 'order.dedup',
      label: `第 ${index + 1} 步`,
      params: {},
      position: { x: (index % 10) * 380, y: Math.floor(index / 10) * 170 },
    })),
    edges: Array.from({ length: nodes - 1 }, (_, index) => ({
      from: idOf(index),
      port: 'next',
      to: idOf(index + 1),
    })),
  }
}

function messageAt(nodes: number, count: number) {
  const runs = count * RUNS_PER_MESSAGE
  const rates = { accepted: 1_000, decided: 1_000, failed: 1, waiting: 2 }
  const counts = Array.from({ length: nodes }, (_, index) => {
    const through = Math.floor(runs * (1 - index / (2 * nodes)))
    return [
      idOf(index),
      {
        in: through,
        ports: { next: through },
        failed: index % 7 === 3 ? Math.floor(runs / 900) : 0,
        meanMs: 1 + ((index * 37 + count) % 50),
        waiting: index % 5 === 4 ? (count * 3) % 40 : 0,
      },
    ] as const
  })
  return {
    at: new Date().toISOString(),
    rates,
    totals: { accepted: runs, decided: runs, failed: 0, waiting: 0 },
    backlog: 12,
    oldestPendingAgeMs: 20,
    workflows: [{ id: 'bench', version: 1, nodes: Object.fromEntries(counts) }],
  }
}

/** Plays the parts of the server the page asks for; the socket as long polls, each answered after its pause. */
async function playServer(page: Page, nodes: number): Promise<{ messages: () => number }> {
  const graph = graphOf(nodes)
  const name = both('下一步')
  const answers: Readonly<Record<string, unknown>> = {
    '/api/workflows/bench': {
      id: 'bench',
      name: '压力测试',
      paused: false,
      rev: 1,
      draft: graph,
      published: { version: 1, at: '2026-11-22T00:00:00Z' },
    },
    '/api/workflows/bench/versions/1': {
      version: 1,
      graph,
      at: '2026-11-22T00:00:00Z',
      sentences: Object.fromEntries(graph.nodes.map(({ id }) => [id, both(`${id} 的规则，用一句话说`)])),
      ports: Object.fromEntries(graph.nodes.map(({ id }) => [id, { next: name }])),
    },
    '/api/node-types': {
      items: ['order.received', 'order.dedup'].map((type, index) => ({
        type,
        kind: index === 0 ? 'trigger' : 'decision',
        name: both(type),
        title: both(type),
        description: both(type),
        params: { type: 'object', properties: {} },
        ports: { next: name },
        adds: {},
        needs: [],
      })),
    },
  }
  await page.route('**/api/**', (route, request) => {
    const { pathname } = new URL(request.url())
    // A module of the editor in a folder of that name.
    if (/\.ts$/.test(pathname)) return route.fallback()
    return route.fulfill({ json: answers[pathname] ?? { items: [] } })
  })
  let polls = 0
  let sent = 0
  await page.route('**/socket.io/**', async (route, request) => {
    const url = new URL(request.url())
    if (request.method() === 'POST') return route.fulfill({ body: 'ok' })
    if (!url.searchParams.has('sid'))
      return route.fulfill({
        body: `0${JSON.stringify({ sid: 'played', upgrades: [], pingInterval: 300_000, pingTimeout: 300_000, maxPayload: 1_000_000 })}`,
      })
    polls++
    if (polls === 1) return route.fulfill({ body: '40{"sid":"socket"}' })
    await new Promise(resolve => setTimeout(resolve, MESSAGE_EVERY_MS))
    sent++
    await route
      .fulfill({ body: `42${JSON.stringify(['live', messageAt(nodes, sent)])}` })
      .catch(() => undefined)
  })
  return { messages: () => sent }
}

async function measure(page: Page, nodes: number): Promise<Measured> {
  // The compiler names inner functions by a helper that the page does not have.
  await page.addInitScript('globalThis.__name = each => each')
  const server = await playServer(page, nodes)
  await page.goto(address)
  await page.locator('.react-flow__node').first().waitFor({ timeout: 60_000 })
  await page.waitForTimeout(3_000)
  const before = server.messages()
  const inPage = await page.evaluate(
    seconds =>
      new Promise<Pick<Measured, 'framesPerSecond' | 'slowestFrameMs' | 'longTasks' | 'longestTaskMs'>>(
        done => {
          const tasks: number[] = []
          const watch = new PerformanceObserver(list => {
            for (const entry of list.getEntries()) tasks.push(entry.duration)
          })
          watch.observe({ entryTypes: ['longtask'] })
          const start = performance.now()
          let last = start
          let frames = 0
          let slowest = 0
          const frame = (now: number) => {
            frames++
            slowest = Math.max(slowest, now - last)
            last = now
            if (now - start < seconds * 1_000) return requestAnimationFrame(frame)
            watch.disconnect()
            done({
              framesPerSecond: Math.round(frames / ((now - start) / 1_000)),
              slowestFrameMs: Math.round(slowest),
              longTasks: tasks.length,
              longestTaskMs: Math.round(Math.max(0, ...tasks)),
            })
          }
          requestAnimationFrame(frame)
        },
      ),
    SECONDS,
  )
  const messages = server.messages() - before
  const busyPercent = await busyShare(page)
  return { nodes, messages, ...inPage, busyPercent }
}

/** Percent of the time in which the page's main thread works. */
async function busyShare(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const worked = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
  }
  const before = await worked()
  await page.waitForTimeout(SECONDS * 1_000)
  return Math.round((((await worked()) - before) / SECONDS) * 100)
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const rows: Measured[] = []
for (const nodes of [16, 100]) {
  const page = await browser.newPage({ viewport: { width: 1_920, height: 1_080 }, locale: 'zh-CN' })
  rows.push(await measure(page, nodes))
  await page.close()
}
await browser.close()
console.table(rows)
