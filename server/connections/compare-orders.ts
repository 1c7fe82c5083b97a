import type { ConnectionDoc } from '../store/connection-doc.ts'
import type { Store } from '../store/store.ts'
import type { ConnectorDesk } from './connector-desk.ts'
import type { WantedDesk } from './wanted.ts'

const HOUR_MS = 3_600_000
/** An hour is compared once its orders had this long to come in by push or poll. */
const SETTLED_AFTER_MS = 20 * 60_000
const SHOWN = 5

/** What one comparison found. */
export interface Comparison {
  readonly from: Date
  readonly to: Date
  readonly theirs: number
  /** Ids on the platform that are not with us. */
  readonly missing: readonly string[]
}

export interface CompareDeps {
  readonly store: Store
  readonly desk: ConnectorDesk
  readonly wanted: WantedDesk
  readonly now?: () => Date
}

/**
 * Compares the orders of the last full hour on the platform with ours. What is missing is fetched, and a person is
 * told by a task: polling should have brought it.
 * @returns undefined for a connection that cannot be compared
 */
export async function compareOrders(
  connection: ConnectionDoc,
  { store, desk, wanted, now = () => new Date() }: CompareDeps,
  signal: AbortSignal,
): Promise<Comparison | undefined> {
  const connector = desk.connectorOf(connection)
  if (!connection.enabled || !connector?.orderIds || !connector.fetch) return undefined
  const end = Math.floor((now().getTime() - SETTLED_AFTER_MS) / HOUR_MS) * HOUR_MS
  const span = { from: new Date(end - HOUR_MS), to: new Date(end) }
  // Orders from before it was connected are not missing.
  if (span.from < connection.createdAt) return undefined
  const context = await desk.context(connection, signal)
  const missing: string[] = []
  let theirs = 0
  for await (const ids of connector.orderIds(span, context)) {
    theirs += ids.length
    missing.push(...(await unknownAmong(store, connection._id, ids)))
  }
  if (missing.length > 0) {
    await wanted.want(
      connection,
      missing.map(id => ({ kind: 'order', id })),
    )
    await warn(store, connection, { ...span, theirs, missing })
    wanted.wake()
  }
  return { ...span, theirs, missing }
}

/** Compares every connection in turn; one that cannot be reached is looked at again in an hour. */
export async function compareAll(
  deps: CompareDeps & { readonly log: { warn(details: object, message: string): void } },
  signal: AbortSignal,
): Promise<void> {
  for (const connection of await deps.store.connections.find({ enabled: true }).lean()) {
    if (signal.aborted) return
    await compareOrders(connection, deps, signal).catch(error =>
      deps.log.warn(
        { err: error, connection: connection._id },
        'orders could not be compared with the platform',
      ),
    )
  }
}

/** Ids of orders of which no event ever came: neither worked nor waiting, nor set aside. */
async function unknownAmong(store: Store, connection: string, ids: readonly string[]): Promise<string[]> {
  const keys = ids.map(id => `${connection}:${id}`)
  const known = new Set(
    (await store.orders.find({ _id: { $in: keys } }, { _id: 1 }).lean()).map(each => each._id),
  )
  const unknown = keys.filter(key => !known.has(key))
  if (unknown.length === 0) return []
  // Event ids begin with the order's key and a "#".
  const waiting = new Set(
    await store.events.distinct('order', {
      $or: unknown.map(key => ({ _id: { $gte: `${key}#`, $lt: `${key}$` } })),
    }),
  )
  return unknown.filter(key => !waiting.has(key)).map(key => key.slice(connection.length + 1))
}

async function warn(store: Store, connection: ConnectionDoc, found: Comparison): Promise<void> {
  const hour = found.from.toISOString().slice(0, 13)
  const count = found.missing.length
  const some = found.missing.slice(0, SHOWN).join('、')
  await store.tasks.updateOne(
    { _id: `missing-orders/${connection._id}/${hour}` },
    {
      $setOnInsert: {
        workspace: connection.workspace,
        topic: 'missing-orders',
        title: `${connection.name}:平台有 ${count} 单没有取到`,
        detail: `平台这一小时有 ${found.theirs} 单,其中 ${count} 单我们没有(${some}${count > SHOWN ? ' 等' : ''})。已自动补取;如果经常出现,请检查这个连接的取单间隔和授权。`,
        assignee: '',
        order: '',
        orderId: '',
        run: '',
        lane: 0,
        choices: [],
        status: 'open',
        createdAt: new Date(),
      },
    },
    { upsert: true },
  )
}
