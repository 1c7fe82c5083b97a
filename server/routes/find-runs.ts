import type { QueryFilter } from 'mongoose'
import { type Static, Type } from 'typebox'
import { inAllOutcomes } from '../store/all-outcomes.ts'
import type { RunDoc } from '../store/run-doc.ts'
import { runsOfOrders } from '../store/runs-of-orders.ts'
import type { Store } from '../store/store.ts'
import { type Page, pickedByTime } from './page.ts'
import { Instant, NewId, PageQuery, Sku, STRICT } from './shapes.ts'

/** With more orders than this a search goes through the runs instead of through the orders. */
const MOST_ORDERS = 2_000
/** Versions of a workflow that are gone through side by side. */
const MOST_VERSIONS = 200

export const RunQuery = Type.Object(
  {
    ...PageQuery,
    status: Type.Optional(
      Type.Union([Type.Literal('done'), Type.Literal('failed'), Type.Literal('waiting')]),
    ),
    workflow: Type.Optional(NewId),
    version: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    outcome: Type.Optional(Type.String({ maxLength: 120 })),
    /** Runs that came by this node; of failed ones those that failed there. */
    node: Type.Optional(Type.String({ maxLength: 64 })),
    /** Order key, `<connection>:<platform order id>`. */
    order: Type.Optional(Type.String({ maxLength: 300 })),
    /** A whole platform order id, of whichever connection. */
    orderId: Type.Optional(Type.String({ maxLength: 120 })),
    phone: Type.Optional(Type.String({ maxLength: 60 })),
    sku: Type.Optional(Sku),
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
  },
  STRICT,
)

type Query = Static<typeof RunQuery>

/**
 * The runs asked for, the last finished first. Of what is asked one part is looked up in an index, the rest is
 * picked from what that finds: left to itself a store may go through a million runs for one of them.
 */
export async function findRuns(
  store: Store,
  connections: readonly string[],
  query: Query,
): Promise<Page<RunDoc>> {
  const keys = await ordersAsked(store, connections, query)
  const { filter, hint } =
    keys && keys !== 'many' ? byIds(await runsOfOrders(store, keys)) : await wayFor(store, query)
  const { from, to } = query
  if (from || to)
    filter.finishedAt = { ...(from && { $gte: new Date(from) }), ...(to && { $lte: new Date(to) }) }
  return pickedByTime(store.runs, filter, 'finishedAt', { ...query, hint }, async runs => {
    const passing = runs.filter(run => isAsked(run, query))
    return new Set(keys === 'many' ? await withSku(store, passing, query) : passing)
  })
}

/** What is looked up, and the index that has it. */
interface Way {
  readonly filter: QueryFilter<RunDoc>
  readonly hint: Readonly<Record<string, 1 | -1>>
}

const byIds = (ids: readonly string[]): Way => ({ filter: { _id: { $in: [...ids] } }, hint: { _id: 1 } })

/** Failed and waiting runs are few; else those of a version, of an outcome, or all of them in the order of time. */
async function wayFor(store: Store, { status, workflow, version, outcome }: Query): Promise<Way> {
  if (status === 'failed' || status === 'waiting')
    return { filter: { status }, hint: { status: 1, finishedAt: -1 } }
  if (workflow !== undefined && (version !== undefined || outcome === undefined)) {
    const versions = version === undefined ? await versionsOf(store, workflow) : [version]
    if (versions.length <= MOST_VERSIONS)
      return {
        filter: { workflow, version: { $in: versions } },
        hint: { version: 1, workflow: 1, finishedAt: -1 },
      }
  }
  const filter = outcome === undefined ? await inAllOutcomes(store) : { outcome }
  return { filter, hint: { outcome: 1, finishedAt: -1 } }
}

function isAsked(run: RunDoc, { status, workflow, version, outcome, node }: Query): boolean {
  const isHere = (id: string) =>
    status === 'failed' ? run.error?.node === id : run.steps.some(step => step.node === id)
  return (
    (status === undefined || run.status === status) &&
    (workflow === undefined || run.workflow === workflow) &&
    (version === undefined || run.version === version) &&
    (outcome === undefined || run.outcome === outcome) &&
    (node === undefined || isHere(node))
  )
}

async function versionsOf(store: Store, workflow: string): Promise<number[]> {
  const known = await store.versions
    .find({ workflow }, { version: 1 })
    .limit(MOST_VERSIONS + 1)
    .lean()
  return known.map(each => each.version)
}

/** Keys of the orders a search names; undefined where it names none, `many` where they are too many to list. */
async function ordersAsked(
  store: Store,
  connections: readonly string[],
  { order, orderId, phone, sku }: Query,
): Promise<readonly string[] | 'many' | undefined> {
  const named =
    order !== undefined ? [order] : orderId?.trim() ? keysOf(orderId.trim(), connections) : undefined
  const isBy = {
    ...(phone?.trim() && { 'order.phone': phone.trim() }),
    ...(sku && { 'order.items.sku': sku }),
  }
  if (Object.keys(isBy).length === 0) return named
  const found = await store.orders
    .find({ ...isBy, ...(named && { _id: { $in: named } }) } as never, { _id: 1 })
    .limit(MOST_ORDERS + 1)
    .lean()
  return found.length > MOST_ORDERS ? 'many' : found.map(each => each._id)
}

const keysOf = (orderId: string, connections: readonly string[]) => connections.map(id => `${id}:${orderId}`)

async function withSku(store: Store, runs: readonly RunDoc[], { phone, sku }: Query): Promise<RunDoc[]> {
  const found = await store.orders
    .find(
      {
        _id: { $in: runs.map(run => run.order) },
        'order.items.sku': sku,
        ...(phone?.trim() && { 'order.phone': phone.trim() }),
      } as never,
      { _id: 1 },
    )
    .lean()
  const orders = new Set(found.map(each => each._id))
  return runs.filter(run => orders.has(run.order))
}
