import type { ServerClient } from '../stage/server-client.ts'
import type { ServerProcess } from '../stage/server-process.ts'
import { checkStock } from '../stage/stock-checks.ts'
import type { Story } from '../stage/story.ts'
import type { Telling } from '../stage/telling.ts'
import type { ConnectionView, OrderView, QuarantineView } from '../stage/views.ts'
import { tellWays } from '../stage/ways.ts'
import { SHOPS } from './channels.ts'
import { checkOutcome } from './checks.ts'
import { connectShops, pauseShops } from './connect.ts'
import { douyinPushes } from './douyin-pushes.ts'
import { type StoryOrder, storyOrders } from './orders.ts'
import { openPlatforms, type Platforms } from './platforms.ts'
import { sell } from './sell.ts'
import { nameInQuarantine, nameOf, readShelves } from './shelves.ts'

/** Where a server may reach simulated platforms unless it was told otherwise: `npm run simulators`. */
const ALLOWED_PORT = 7700
/** Outcomes of the workflow in words. */
const WAYS: Readonly<Record<string, string>> = {
  ship: '本仓发货 ship',
  transfer: '邻仓调拨 transfer',
  purchase: '采购 purchase',
  backorder: '缺货待办 backorder',
  merged: '重复合并 merged',
}

export const story: Story = {
  title: {
    zh: '三渠道：淘宝、抖音、拼多多的订单汇成一份干净的清单',
    en: 'Three channels: orders of Taobao, Douyin and Pinduoduo become one clean list',
  },
  async open({ seed, orders, words: [port] }) {
    if (port !== undefined && !/^\d{1,5}$/.test(port))
      return { zh: `「${port}」不是端口号。`, en: `"${port}" is no port for the simulated platforms.` }
    const documents = [...storyOrders(seed, { orders })]
    let platforms = await openPlatforms(Number(port ?? '0'))
    return {
      env: { OUTGOING_ALLOW: new URL(platforms.url).host },
      async play(server, telling, own) {
        if (!own && port === undefined) {
          // Nobody answers: then nothing is opened.
          await server.request('GET', '/api/health')
          await platforms.close()
          platforms = await openPlatforms(ALLOWED_PORT)
        }
        try {
          await play(server, telling, platforms, documents, own)
        } finally {
          if (!own) await pauseShops(server)
        }
      },
      close: () => platforms.close(),
    }
  },
}

async function play(
  server: ServerClient,
  telling: Telling,
  platforms: Platforms,
  documents: readonly StoryOrder[],
  own?: ServerProcess,
): Promise<void> {
  telling.say({
    zh: `三个平台由故事自己模拟：${platforms.url}，签名、令牌、限流照真的来`,
    en: 'The three platforms are simulated by the story itself: signatures, tokens and limits as on the real ones',
  })
  if (!own)
    telling.say({
      zh: `服务早已在运行：它的 OUTGOING_ALLOW 里必须有 ${new URL(platforms.url).host}（不设时只有 127.0.0.1:${ALLOWED_PORT}）`,
      en: 'A server that runs already must have been allowed to reach them',
    })
  await connectShops(server, telling, platforms)
  const before = await readShelves(server)
  const pushes = douyinPushes(platforms.of.douyin, `${server.url}/api/push/${SHOPS.douyin.connection}`)
  const fed = await sell({ server, platforms, pushes }, telling, documents)
  const after = await readShelves(server)

  // On a server that runs already, what was there before is none of this story's business.
  const told = new Set(documents.map(nameOf))
  const isOurs = (name: string) => told.has(name) || !before.names.has(name)
  const orders = after.orders.filter(each => isOurs(each.key))
  const found = {
    list: orders.filter(each => each.duplicateOf === undefined && !isQuarantined(each)),
    merged: orders.filter(each => each.duplicateOf !== undefined),
    quarantine: after.quarantine.filter(each => isOurs(nameInQuarantine(each))),
  }
  tellOutcome(telling, documents, found)
  checkOutcome(telling, documents, { ...found, fed, before, after, pushes })
  await checkConnections(server, telling)
  await checkStock(server, telling)
  if (!own)
    telling.say({
      zh: '模拟平台随故事一起关闭：三家店的连接就此暂停',
      en: 'The simulated platforms end with the story: the connections of the three shops are paused',
    })
}

/** Nothing is left of the trouble on the page of connections. */
async function checkConnections(server: ServerClient, telling: Telling): Promise<void> {
  const ids = new Set(Object.values(SHOPS).map(shop => shop.connection))
  const all = await server.all<ConnectionView>('/api/connections')
  const ill = all.filter(({ id, fault }) => ids.has(id) && fault)
  telling.check(
    { zh: '三家店的连接都恢复了正常', en: 'All three connections are well again' },
    ill.length === 0,
    ill.map(({ id, fault }) => `${id}: ${fault?.zh}`).join('; '),
  )
}

/** Written by the workflow on documents that are no orders, should the product list them. */
const isQuarantined = (order: OrderView) => order.outcome === 'quarantined'

function tellOutcome(
  telling: Telling,
  documents: readonly StoryOrder[],
  found: { list: readonly OrderView[]; merged: readonly OrderView[]; quarantine: readonly QuarantineView[] },
): void {
  telling.table(
    ['渠道 channel', '单据 documents', '清单 kept', '合并 merged', '隔离 quarantined'],
    Object.values(SHOPS).map(({ connection, name, channel }) => [
      `${name} ${channel}`,
      String(documents.filter(each => each.connection === connection).length),
      String(found.list.filter(each => each.key.startsWith(`${connection}:`)).length),
      String(found.merged.filter(each => each.key.startsWith(`${connection}:`)).length),
      String(found.quarantine.filter(each => each.connection === connection).length),
    ]),
  )
  tellWays(telling, [...found.list, ...found.merged], WAYS)
}
