import type { EventDoc } from '../store/event-doc.ts'
import type { MovementDoc } from '../store/movement-doc.ts'
import type { RunDoc } from '../store/run-doc.ts'
import { runsOfOrders } from '../store/runs-of-orders.ts'
import type { Store } from '../store/store.ts'

const PER_QUERY = 2_000

/** What some events left behind in the live world, read so that a simulation can begin before them. */
export interface Traces {
  /** Orders that were not there before these events. */
  readonly orders: ReadonlySet<string>
  /** Units these events' runs took, by warehouse and SKU. */
  readonly taken: readonly Line[]
  /** The runs of these events, the last finished first. */
  readonly runs: readonly RunDoc[]
}

/**
 * Reads the traces of events.
 * @param whole everything that ever happened to the orders of these events is taken back, not only what these did
 */
export async function readTraces(
  store: Store,
  events: readonly EventDoc[],
  { whole }: { readonly whole: boolean },
): Promise<Traces> {
  const ids = new Set(events.map(event => event._id))
  const keys = [...new Set(events.map(event => event.order))]
  const [known, runs] = await Promise.all([
    store.orders.find({ _id: { $in: keys } }, { firstEvent: 1 }).lean(),
    runsOf(store, keys),
  ])
  const firstEvents = new Map(known.map(order => [order._id, order.firstEvent]))
  const isNew = (key: string) => {
    const first = firstEvents.get(key)
    return whole || first === undefined || ids.has(first)
  }
  const own = runs.filter(run => ids.has(run.event))
  const movements = whole ? await movementsOfOrders(store, keys) : await movementsOfRuns(store, own)
  return {
    orders: new Set(keys.filter(isNew)),
    taken: takenBy(movements),
    runs: own.toSorted((a, b) => b.finishedAt.getTime() - a.finishedAt.getTime()),
  }
}

const runsOf = async (store: Store, keys: readonly string[]) =>
  store.runs.find({ _id: { $in: await runsOfOrders(store, keys) } }, { tokens: 0 }).lean()

type Line = MovementDoc['lines'][number]

/** Held and not released counts as taken, also once it was shipped; what a return put back counts against it. */
function takenBy(movements: readonly MovementDoc[]): Line[] {
  const released = new Set(movements.flatMap(each => (each.kind === 'released' && each.of ? [each.of] : [])))
  return movements.flatMap(({ _id, kind, lines }): readonly Line[] => {
    if (kind === 'held') return released.has(_id) ? [] : lines
    return kind === 'returned' ? lines.map(line => ({ ...line, quantity: -line.quantity })) : []
  })
}

/** Every movement of an order begins with the ids of its events, and these with the order's key. */
async function movementsOfOrders(store: Store, keys: readonly string[]): Promise<MovementDoc[]> {
  const found = await Promise.all(
    keys.map(key =>
      store.movements.find({ _id: { $gte: `${key}#`, $lt: `${key}#\uffff` }, order: key }).lean(),
    ),
  )
  return found.flat()
}

/** A movement is called after the visit that caused it, so the steps of a run name all it can have. */
async function movementsOfRuns(store: Store, runs: readonly RunDoc[]): Promise<MovementDoc[]> {
  const ids = runs.flatMap(visitsOf).flatMap(key => [key, `${key}/end`])
  const found: MovementDoc[] = []
  for (let from = 0; from < ids.length; from += PER_QUERY)
    found.push(...(await store.movements.find({ _id: { $in: ids.slice(from, from + PER_QUERY) } }).lean()))
  return found
}

function visitsOf({ _id, steps }: RunDoc): string[] {
  const counts = new Map<string, number>()
  return steps.map(({ node }) => {
    const occurrence = counts.get(node) ?? 0
    counts.set(node, occurrence + 1)
    return `${_id}/${node}/${occurrence}`
  })
}
