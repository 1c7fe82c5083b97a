import type { Store } from '../store/store.ts'
import { receivedFilter, wantedOrders } from './wanted.ts'

/** A paused workflow and the orders that wait for it to be resumed. */
export interface HeldOrders {
  readonly workflow: string
  readonly name: string
  readonly since: Date
  readonly orders: number
}

/** Orders that were not worked: those that wait for a paused workflow, and those no workflow wants. */
export interface IdleOrders {
  readonly held: readonly HeldOrders[]
  readonly unclaimed: number
}

/** An unclaimed order that a paused workflow wants waits for that one, and is not counted among those nobody wants. */
export async function idleOrders(store: Store, workspace: string): Promise<IdleOrders> {
  const now = new Date()
  const paused = await store.workflows
    .find({ workspace, held: { $exists: true } }, { name: 1, published: 1, held: 1 })
    .lean()
  const found = await Promise.all(
    paused.map(async ({ _id: workflow, name, published, held }) => {
      const version = await store.versions.findById(`${workflow}@${published}`, { graph: 1 }).lean()
      const wanted = version && wantedOrders(version.graph)
      if (!wanted || !held) return []
      const unworked = { ...receivedFilter(workspace, wanted, held.from, now), state: 'unclaimed' as const }
      // What came since and is done was worked by other workflows.
      const passed = { ...receivedFilter(workspace, wanted, held.since, now), state: 'done' as const }
      const counts = await Promise.all([unworked, passed].map(each => store.events.countDocuments(each)))
      return [{ workflow, name, since: held.since, orders: counts[0]! + counts[1]!, unworked }]
    }),
  )
  const held = found.flat()
  const waiting = held.map(({ unworked: { state: _, ...filter } }) => filter)
  const unclaimed = await store.events.countDocuments({
    state: 'unclaimed',
    ...(waiting.length > 0 && { $nor: waiting }),
  })
  return { held: held.map(({ unworked: _, ...each }) => each), unclaimed }
}
