import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerClient } from '../stage/server-client.ts'
import { describeSet } from '../stage/sets.ts'
import type { Telling } from '../stage/telling.ts'
import type { TaskView } from '../stage/views.ts'
import { SHOPS } from './channels.ts'
import { hotProducts } from './hot-products.ts'
import type { ChannelCall, Receivers } from './receivers.ts'

const PATIENCE_MS = 60_000
/** What the business asks for: off sale on every channel within five minutes. */
const ASKED_MS = 300_000

/** Every hot product off sale on every channel, each channel told once, and a person asked to restock. */
export async function checkFreeze(
  server: ServerClient,
  telling: Telling,
  { receivers, spike }: { receivers: Receivers; spike: number },
): Promise<void> {
  const due = hotProducts.flatMap(({ sku }) => SHOPS.map(({ connection }) => `${sku} ${connection}`))
  const asKey = ({ body, connection }: ChannelCall) => `${body.sku} ${connection}`
  const told = () => new Set(receivers.calls.map(asKey))
  for (const deadline = Date.now() + PATIENCE_MS; told().size < due.length && Date.now() < deadline; )
    await sleep(50)

  tellSpeeds(telling, receivers.calls, spike)
  const byKey = new Map(receivers.calls.map(call => [call.key, call]))
  const calls = describeSet(Array.from(byKey.values(), asKey), due)
  const again = receivers.calls.length - byKey.size
  telling.check(
    {
      zh: `${hotProducts.length} 款爆品在 4 个渠道都停售了，每个渠道恰好一次${again > 0 ? `（断电后重发 ${again} 次，钥匙相同）` : ''}`,
      en: 'Every hot product went off sale on every channel, once by its key',
    },
    calls === '' && receivers.calls.every(({ body, key }) => body.action === 'freeze' && key !== ''),
    calls,
  )
  const slowestMs = Math.max(0, ...hotProducts.map(({ sku }) => everywhereMs(receivers.calls, sku, spike)))
  telling.check(
    {
      zh: `从第一单到全部停售 ${(slowestMs / 1_000).toFixed(1)} 秒，业务要求 5 分钟内`,
      en: 'Off sale everywhere well within the five minutes the business asks for',
    },
    slowestMs < ASKED_MS,
    `${slowestMs} ms`,
  )
  const tasks = await server.all<TaskView>('/api/tasks?topic=replenish')
  const warned = describeSet(
    tasks.map(each => each.orderId),
    hotProducts.map(each => each.sku),
  )
  telling.check(
    { zh: '每款爆品各有一条补货预警等人处理', en: 'A person is warned to restock each of them, once' },
    warned === '',
    warned,
  )
  if (tasks[0]) telling.say({ zh: `· ${tasks[0].title}`, en: '' })
}

function tellSpeeds(telling: Telling, calls: readonly ChannelCall[], spike: number): void {
  const seconds = (ms: number) => (Number.isFinite(ms) ? `${(ms / 1_000).toFixed(1)} s` : '-')
  telling.table(
    ['爆品 hot product', ...SHOPS.map(each => each.name), '全渠道 everywhere'],
    hotProducts.map(({ sku, title }) => [
      `${title} ${sku}`,
      ...SHOPS.map(({ connection }) => seconds(firstMs(calls, sku, spike, connection))),
      seconds(everywhereMs(calls, sku, spike)),
    ]),
  )
}

/** From the first order of the sale to the first call that reached a channel; infinite where none did. */
function firstMs(calls: readonly ChannelCall[], sku: string, spike: number, connection: string): number {
  const first = calls.find(each => each.body.sku === sku && each.connection === connection)
  return first ? first.at - spike : Number.POSITIVE_INFINITY
}

function everywhereMs(calls: readonly ChannelCall[], sku: string, spike: number): number {
  return Math.max(...SHOPS.map(({ connection }) => firstMs(calls, sku, spike, connection)))
}
