/**
 * `node --import tsx test/bench/poll.ts [-- 10000]`: ten shops on four platforms, each with so many new orders,
 * polled side by side by a server started as users start it, with the platforms' rate limits on. Prints how long it
 * took until every order was durable.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { SimAccess } from '../../connectors/simulators/simulator.ts'
import { startBenchServer } from './server.ts'

type Shop = SimAccess & { readonly id: string }

const SHOPS = 10
const PERIOD_S = 300
const orders = Number(process.argv[2] ?? 10_000)

const platforms = fork(fileURLToPath(new URL('./poll-platforms.ts', import.meta.url)), [String(orders)])
const [all] = (await once(platforms, 'message')) as [Shop[]]
const shops = all.slice(0, SHOPS)
const hosts = new Set(all.map(({ settings }) => new URL(String(settings.gateway)).host))
const server = await startBenchServer(3923, { OUTGOING_ALLOW: [...hosts].join(',') })

async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    redirect: 'manual',
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  })
  const text = await answer.text()
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}

/** Signs in as the owner of the shop would: the platform's page, its link back to us. */
async function authorize(id: string): Promise<void> {
  const { url } = await call('POST', `/api/connections/${id}/authorize`, {})
  const page = await fetch(String(url), { redirect: 'manual' })
  const back = page.headers.get('location') ?? /href="([^"]+)"/.exec(await page.text())?.[1]
  if (!back) throw new Error(`${url} offers no way back`)
  await fetch(back.replaceAll('&amp;', '&'), { redirect: 'manual' })
}

try {
  const needsOwner = new Set(['taobao', 'pinduoduo'])
  for (const [index, shop] of shops.entries()) {
    const id = `shop-${index}`
    const { settings, credentials } = shop
    await call('POST', '/api/connections', { id, connector: shop.id, settings, credentials, enabled: false })
    if (needsOwner.has(shop.id)) await authorize(id)
  }
  const start = performance.now()
  for (const index of shops.keys()) {
    await call('PUT', `/api/connections/shop-${index}`, { enabled: true })
    await call('POST', `/api/connections/shop-${index}/poll`)
  }
  const wanted = shops.length * orders
  let durableS = 0
  for (let accepted = 0; accepted < wanted; ) {
    await sleep(1_000)
    accepted = Number((await call('GET', '/api/overview')).accepted)
    const seconds = (performance.now() - start) / 1_000
    console.log(`${seconds.toFixed(0).padStart(4)} s  ${accepted} of ${wanted}`)
    durableS = seconds
    if (seconds > PERIOD_S * 3) break
  }
  console.log(
    `${shops.length} shops × ${orders} orders: ${durableS.toFixed(0)} s (${Math.round(wanted / durableS)}/s); the period is ${PERIOD_S} s`,
  )
  const { items } = await call('GET', '/api/connections')
  for (const { id, connector, fault } of items as { id: string; connector: string; fault?: { zh: string } }[])
    if (fault) console.log(`${id} (${connector}): ${fault.zh}`)
} finally {
  await server.remove()
  platforms.kill()
}
