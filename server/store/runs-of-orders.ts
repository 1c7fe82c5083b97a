import type { QueryFilter } from 'mongoose'
import { BEGUN_BY_SIGNAL, type RunDoc } from './run-doc.ts'
import type { Store } from './store.ts'

/** Orders asked about in one query: what is found is held against each of them. */
const AT_ONCE = 50

/** Ids of the runs about these orders, in no order. */
export async function runsOfOrders(store: Pick<Store, 'runs'>, keys: readonly string[]): Promise<string[]> {
  const found: Promise<{ _id: string }[]>[] = []
  for (let at = 0; at < keys.length; at += AT_ONCE)
    found.push(store.runs.find(aboutOrders(keys.slice(at, at + AT_ONCE)), { _id: 1 }).lean())
  return (await Promise.all(found)).flat().map(run => run._id)
}

// The ids of runs that an order began begin with its key and a `#` (`$` is the next sign), so they need no index of
// their own; those that a signal about an order began have one.
const aboutOrders = (keys: readonly string[]): QueryFilter<RunDoc> => ({
  $or: [
    ...keys.map(key => ({ _id: { $gte: `${key}#`, $lt: `${key}$` }, order: key })),
    { order: { $in: [...keys] }, event: BEGUN_BY_SIGNAL },
  ],
})
