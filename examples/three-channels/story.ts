import { feed } from '../stage/feed.ts'
import type { ServerClient } from '../stage/server-client.ts'
import { describeSet } from '../stage/sets.ts'
import { settled } from '../stage/settle.ts'
import { checkStock } from '../stage/stock-checks.ts'
import type { Story } from '../stage/story.ts'
import type { Telling } from '../stage/telling.ts'
import type { OrderView, QuarantineView } from '../stage/views.ts'
import { tellWays } from '../stage/ways.ts'
import { SHOPS } from './channels.ts'
import { type Kind, LAG, type StoryOrder, storyOrders } from './orders.ts'
import { setUpShop } from './shop.ts'

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
  async open({ seed, orders }) {
    const documents = [...storyOrders(seed, { orders })]
    return {
      env: {},
      play: (server, telling) => play(server, telling, documents),
      close: async () => {},
    }
  },
}

async function play(server: ServerClient, telling: Telling, documents: readonly StoryOrder[]): Promise<void> {
  await setUpShop(server)
  const malformed = documents.filter(each => each.kind === 'malformed')
  const before = await shelves(server)
  const fed = await feed(server, documents, LAG)
  await settled(server)
  const after = await shelves(server)

  // On a server that runs already, what was there before is none of this story's business.
  const told = new Set(documents.map(nameOf))
  const isOurs = (name: string) => told.has(name) || !before.names.has(name)
  const orders = after.orders.filter(each => isOurs(each.key))
  const quarantine = after.quarantine.filter(each => isOurs(nameInQuarantine(each)))
  const list = orders.filter(each => each.duplicateOf === undefined && !isQuarantined(each))
  const merged = orders.filter(each => each.duplicateOf !== undefined)

  tellOutcome(telling, documents, { list, merged, quarantine })
  const count = (kind: Kind) => documents.filter(each => each.kind === kind).length
  telling.check(
    {
      zh: '每一份单据都有交代：受理、重复推送或退回',
      en: 'Every document is accounted for: accepted, repeated or refused',
    },
    fed.sent === documents.length && fed.accepted + fed.repeated + fed.refused.length === documents.length,
    JSON.stringify({ ...fed, refused: fed.refused.length }),
  )
  const fresh = new Set(
    documents
      .filter(each => each.defect !== 'cut-off' && !before.names.has(nameOf(each)))
      .map(each => each.text),
  )
  telling.check(
    { zh: `推送了两次的 ${count('redelivery')} 份只算一次`, en: 'What was pushed twice counts once' },
    fed.accepted === fresh.size,
    `${fed.accepted} accepted instead of ${fresh.size}`,
  )
  const refusing = describeSet(
    fed.refused.map(each => each.text),
    malformed.filter(each => each.defect === 'cut-off').map(each => each.text),
  )
  telling.check(
    { zh: '截断的 JSON 当场退回并留存', en: 'JSON that is cut off is refused at once and kept' },
    refusing === '',
    refusing,
  )
  const keepers = documents.filter(each => ['sale', 'late-twin', 'other-items'].includes(each.kind))
  const keeping = describeSet(
    list.map(each => each.key),
    keepers.map(each => each.orderKey),
  )
  telling.check(
    {
      zh: `清单恰好 ${keepers.length} 单：一单不丢，一单不多，临近但不重复的都在`,
      en: 'The list is exactly right: none lost, none too many, near misses kept',
    },
    keeping === '',
    keeping,
  )
  const pointers = describeSet(
    merged.map(each => `${each.key} → ${each.duplicateOf}`),
    documents.filter(each => each.kind === 'duplicate').map(each => `${each.orderKey} → ${each.duplicateOf}`),
  )
  telling.check(
    {
      zh: `${count('duplicate')} 单重复都并到了正确的原单`,
      en: 'Every duplicate points at the right kept order',
    },
    pointers === '',
    pointers,
  )
  const isolated = describeSet(quarantine.map(nameInQuarantine), malformed.map(nameOf))
  telling.check(
    {
      zh: `${malformed.length} 份坏数据都在隔离区，并写明哪里坏`,
      en: 'All malformed documents are in quarantine, each told what is wrong',
    },
    isolated === '' && quarantine.every(each => each.problems.length > 0 && each.problems[0]!.message !== ''),
    isolated,
  )
  await checkStock(server, telling)
}

/** Orders and quarantined documents of the three shops, and how each is called. */
async function shelves(server: ServerClient) {
  const connections = new Set(Object.values(SHOPS).map(shop => shop.connection))
  const orders = await server.all<OrderView>('/api/orders')
  const quarantine = await server.all<QuarantineView>('/api/quarantine')
  const ours = {
    orders: orders.filter(each => connections.has(each.key.slice(0, each.key.indexOf(':')))),
    quarantine: quarantine.filter(each => connections.has(each.connection)),
  }
  const names = new Set([...ours.orders.map(each => each.key), ...ours.quarantine.map(nameInQuarantine)])
  return { ...ours, names }
}

/** Written by the workflow on documents that are no orders, should the product list them. */
const isQuarantined = (order: OrderView) => order.outcome === 'quarantined'

/** How a document is called once it is on a shelf: by its order key, or as quarantine shows it. */
function nameOf({ kind, defect, orderKey, orderId, text }: StoryOrder): string {
  if (kind !== 'malformed') return orderKey
  return defect === 'cut-off' ? text : orderId
}

/** A quarantined document by its order id; a text that is no JSON by itself. */
function nameInQuarantine({ body }: QuarantineView): string {
  try {
    const document = JSON.parse(body) as { tid_str?: string; order_id?: string; order_sn?: string }
    return document.tid_str ?? document.order_id ?? document.order_sn ?? body
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return body
  }
}

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
