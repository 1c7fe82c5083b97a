import { errors } from '../errors.ts'
import { parseJson } from '../intake/json.ts'
import { maskDocument } from '../mask.ts'
import type { Store } from '../store/store.ts'

export interface SampleDocument {
  readonly id: string
  readonly receivedAt: Date
  readonly document: unknown
}

/** How far back the newest events are looked through for those of one connection. */
const LOOKED_THROUGH = 2_000

/**
 * The last documents of a connection: what the intake took, and what it had to set aside before it became an
 * event, which is where the first documents of a channel nobody has mapped yet are.
 */
export async function lastDocuments(
  store: Store,
  connection: string,
  limit: number,
): Promise<SampleDocument[]> {
  const [events, refused] = await Promise.all([
    newestEvents(store, connection, limit),
    store.quarantine.find({ status: 'open', connection, event: '' }).sort({ at: -1 }).limit(limit).lean(),
  ])
  const all = [
    ...events.map(({ _id, receivedAt, body }) => ({ id: _id, receivedAt, body })),
    ...refused.map(({ _id, at, body }) => ({ id: _id, receivedAt: at, body })),
  ]
  return all
    .flatMap(({ body, ...rest }) => {
      const document = documentIn(body)
      return document === undefined ? [] : [{ ...rest, document }]
    })
    .sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())
    .slice(0, limit)
}

/** The same as anyone may see it. */
export function viewSample({ id, receivedAt, document }: SampleDocument) {
  return { id, receivedAt: receivedAt.toISOString(), document: maskDocument(document) }
}

/** Documents by the ids of samples, as they came. @throws errors.NotFound */
export async function documentsByIds(store: Store, ids: readonly string[]): Promise<unknown[]> {
  const [events, refused] = await Promise.all([
    store.events.find({ _id: { $in: [...ids] } }, { body: 1 }).lean(),
    store.quarantine.find({ _id: { $in: [...ids] } }, { body: 1 }).lean(),
  ])
  const bodies = new Map([...events, ...refused].map(({ _id, body }) => [_id, body]))
  return ids.map(id => {
    const document = documentIn(bodies.get(id))
    if (document === undefined) throw new errors.NotFound('样例', id, 'sample', id)
    return document
  })
}

// The newest of all by their index; a quiet connection's among them by its ids, which begin with its own.
async function newestEvents(store: Store, connection: string, limit: number) {
  const newest = await store.events
    .find({ kind: 'order' }, { connection: 1 })
    .sort({ receivedAt: -1 })
    .limit(LOOKED_THROUGH)
    .lean()
  const ids = newest.filter(each => each.connection === connection).map(({ _id }) => _id)
  const found =
    ids.length > 0
      ? { _id: { $in: ids.slice(0, limit) } }
      : { _id: { $gte: `${connection}:`, $lt: `${connection};` }, kind: 'order' as const }
  return store.events.find(found).limit(limit).lean()
}

/** Undefined for what is no JSON object: it can teach nothing about fields. */
function documentIn(body: string | undefined): unknown {
  if (body === undefined) return undefined
  try {
    const document = parseJson(body)
    return typeof document === 'object' && document !== null ? document : undefined
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}
