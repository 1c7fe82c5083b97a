import type { FreezeDoc } from '../../store/freeze-doc.ts'
import { skuKey } from '../../store/order-key.ts'
import type { OutboxDoc } from '../../store/outbox-doc.ts'
import type { TaskDoc } from '../../store/task-doc.ts'
import type { Seller } from '../world.ts'
import type { Places } from './places.ts'

/** A SKU that goes off sale or back on sale, and who made it so. */
export interface Freezing {
  /** What makes it happen once: every document it becomes is called after it. */
  readonly key: string
  readonly action: FreezeDoc['action']
  readonly sku: string
  readonly reason: string
  readonly run: string
  readonly by: string
  readonly sellers: readonly Pick<Seller, 'id' | 'name'>[]
  readonly until?: Date
  readonly assignee: string
}

export interface FreezeDocuments {
  readonly freeze: FreezeDoc
  /** One call for each shop with an address, each with a key of its own. */
  readonly calls: readonly OutboxDoc[]
  /** One task that names all shops no call reaches; none where there are none. */
  readonly tasks: readonly TaskDoc[]
}

const VERB = { freeze: '停售', unfreeze: '恢复销售' } as const

export function freezeDocuments(
  freezing: Freezing,
  workspace: string,
  connection: Places['connection'],
  now: Date,
): FreezeDocuments {
  const { key, action, sku, reason, run, by, until } = freezing
  const sellers = freezing.sellers.map(each => {
    const { url = '', actions = [] } = connection(each.id) ?? {}
    return { ...each, url, byConnector: actions.includes('stock') }
  })
  const isCalled = ({ url, byConnector }: (typeof sellers)[number]) => byConnector || url !== ''
  return {
    freeze: {
      _id: key,
      workspace,
      sku,
      action,
      reason,
      run,
      by,
      places: sellers.map(each => ({
        connection: each.id,
        name: each.name,
        how: isCalled(each) ? 'call' : 'hand',
      })),
      at: now,
      ...(until && { until }),
    },
    calls: sellers.flatMap((seller): OutboxDoc[] => {
      const { id, url, byConnector } = seller
      return isCalled(seller)
        ? [
            {
              _id: `${key}.${id}`,
              workspace,
              kind: 'freeze',
              order: skuKey(sku),
              run,
              connection: id,
              url,
              ...(byConnector && { action: 'stock' as const }),
              body: { action, sku, reason, ...(until && { until: until.toISOString() }) },
              state: 'planned',
              attempts: 0,
              nextAt: now,
              createdAt: now,
            },
          ]
        : []
    }),
    tasks: byHand(
      freezing,
      sellers.filter(each => !isCalled(each)).map(({ name }) => name),
      workspace,
      now,
    ),
  }
}

function byHand(
  { key, action, sku, reason, run, assignee }: Freezing,
  shops: readonly string[],
  workspace: string,
  now: Date,
): TaskDoc[] {
  if (shops.length === 0) return []
  const names = shops.join('、')
  return [
    {
      _id: `${key}.hand`,
      workspace,
      topic: `${action}-by-hand`,
      title: `请到店铺后台${VERB[action]} ${sku}：${names}`,
      detail: `这些店铺的连接没有填写地址，通知发不过去。${reason}`,
      assignee,
      order: skuKey(sku),
      orderId: sku,
      run,
      lane: 0,
      choices: [],
      status: 'open',
      createdAt: now,
    },
  ]
}
