import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerClient } from '../stage/server-client.ts'
import type { ServerProcess } from '../stage/server-process.ts'
import { settled } from '../stage/settle.ts'
import { checkStock } from '../stage/stock-checks.ts'
import type { Story } from '../stage/story.ts'
import type { Telling } from '../stage/telling.ts'
import { checkOrders } from './checks.ts'
import { figure, percentile } from './figures.ts'
import { checkFreeze } from './freeze.ts'
import { type SaleOrder, saleOrders } from './orders.ts'
import { openReceivers, type Receivers } from './receivers.ts'
import { type Sending, startSending } from './senders.ts'
import { setUpSale } from './shop.ts'

const ORDERS = 18_000
/** Lines each of the four channels keeps open. */
const LINES = 16
/** The server is killed when this share of the orders is acknowledged. */
const KILLED_AT = 0.5

export const story: Story = {
  title: {
    zh: '大促：四个渠道同时涌来 18,000 单，抢 10,000 件货，中途断电一次',
    en: 'Flash sale: 18,000 orders of four channels at once for 10,000 units, and the server dies in the middle',
  },
  async open({ seed, orders = ORDERS }) {
    const sales = saleOrders(seed, orders, new Date())
    const receivers = await openReceivers()
    return {
      env: { OUTGOING_ALLOW: receivers.address },
      play: (server, telling, own) => play({ server, telling, own, sales, receivers }),
      close: () => receivers.close(),
    }
  },
}

interface Stage {
  readonly server: ServerClient
  readonly telling: Telling
  /** The server, where the story may kill it. */
  readonly own?: ServerProcess
  readonly sales: readonly SaleOrder[]
  readonly receivers: Receivers
}

async function play({ server, telling, own, sales, receivers }: Stage): Promise<void> {
  await setUpSale(server, sales.length, receivers)
  const spike = performance.now()
  const sending = startSending(server.url, sales, LINES)
  const outageMs = own ? await killInTheMiddle(own, sending, sales.length) : undefined
  await sending.finished
  const acceptedMs = performance.now() - spike
  await settled(server)
  const decidedMs = performance.now() - spike

  tellFigures(telling, { sending, orders: sales.length, acceptedMs, decidedMs, outageMs: outageMs ?? 0 })
  if (outageMs === undefined)
    telling.say({
      zh: '· 服务器不是故事自己开的，没有断电',
      en: 'The server runs already: it was not killed',
    })
  telling.check(
    {
      zh: `${figure(sales.length)} 单每一单都等到了受理回执`,
      en: 'Every order was acknowledged',
    },
    sending.acknowledged === sales.length,
    `${sending.acknowledged} acknowledged; ${sending.refused.join('; ')}`,
  )
  if (outageMs !== undefined)
    telling.check(
      {
        zh: `断电时有请求没等到回执，渠道重发 ${figure(sending.retries)} 次，其中 ${sending.repeated} 单其实已经落盘，被认了出来`,
        en: 'The lines broke in the middle of work, and what was sent again was recognised',
      },
      sending.retries > 0,
      'no line broke: the server was not killed while orders were under way',
    )
  await checkOrders(server, telling, sales)
  await checkStock(server, telling)
  await checkFreeze(server, telling, { receivers, spike })
}

/** @returns for how long nobody answered, in milliseconds */
async function killInTheMiddle(own: ServerProcess, sending: Sending, orders: number): Promise<number> {
  const isOver = sending.finished.then(() => true)
  while (sending.acknowledged < orders * KILLED_AT)
    if (await Promise.race([isOver, sleep(5).then(() => false)])) break
  return own.killAndRestart()
}

function tellFigures(
  telling: Telling,
  {
    sending,
    orders,
    acceptedMs,
    decidedMs,
    outageMs,
  }: { sending: Sending; orders: number; acceptedMs: number; decidedMs: number; outageMs: number },
): void {
  const sorted = [...sending.latenciesMs].sort((a, b) => a - b)
  const rate = (ms: number) => `${figure((orders / ms) * 1_000)}/s`
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
  telling.table(
    ['', '含断电 with the outage', '不含 without it'],
    [
      ['受理 accepted', rate(acceptedMs), rate(acceptedMs - outageMs)],
      ['决定 decided', rate(decidedMs), rate(decidedMs - outageMs)],
      ['用时 took', seconds(decidedMs), seconds(decidedMs - outageMs)],
    ],
  )
  telling.table(
    ['受理回执 answer', 'ms'],
    [
      ['p50', percentile(sorted, 0.5).toFixed(1)],
      ['p95', percentile(sorted, 0.95).toFixed(1)],
      ['p99', percentile(sorted, 0.99).toFixed(1)],
      ['最久（跨过断电） longest, across the outage', (sorted.at(-1) ?? 0).toFixed(1)],
    ],
  )
}
