import { findFew } from '../../store/find-by-ids.ts'
import { type SightingDoc, sightingId } from '../../store/sighting-doc.ts'
import type { Store } from '../../store/store.ts'
import { writeInOrder } from '../../store/write-in-order.ts'
import { judge } from '../dedup-window.ts'
import type { DedupAnswer, DedupClaim } from '../world.ts'

/** How long after an order's own time its sighting is kept: longer than any channel delivers late. */
const KEEP_MS = 30 * 86_400_000
/** Sightings kept under one key; the oldest go first. */
const MAX_SEEN = 50

interface Entry {
  doc: SightingDoc
  /** Revision in the store; 0 when it is not there yet. */
  stored: number
}

/**
 * Claims dedup keys for a batch: one read, one insert for new keys, one bulk update for known ones. A key that
 * another worker changed meanwhile is read and judged again. Repeating a claim finds the order's own sighting.
 */
export async function claimKeys(
  store: Store,
  workspace: string,
  claims: readonly DedupClaim[],
  now: Date,
): Promise<DedupAnswer[]> {
  const answers = new Array<DedupAnswer>(claims.length)
  let open = claims.map((claim, index) => ({
    claim,
    index,
    id: sightingId(workspace, claim.dedupKey),
  }))
  while (open.length > 0) {
    const entries = await readEntries(store, workspace, new Set(open.map(each => each.id)))
    const changed = new Set<Entry>()
    for (const { claim, index, id } of open) {
      const entry = entries.get(id)!
      answers[index] = judge(entry.doc.seen, claim)
      if (answers[index].duplicateOf || entry.doc.seen.some(each => each.orderKey === claim.orderKey))
        continue
      const { orderKey, orderId, channel, at, windowMs } = claim
      entry.doc.seen = [...entry.doc.seen, { orderKey, orderId, channel, at }].slice(-MAX_SEEN)
      const until = Math.max(at.getTime(), now.getTime()) + KEEP_MS + windowMs
      entry.doc.expireAt = new Date(Math.max(entry.doc.expireAt.getTime(), until))
      changed.add(entry)
    }
    const lost = await writeEntries(store, [...changed])
    open = open.filter(each => lost.has(each.id))
  }
  return answers
}

async function readEntries(
  store: Store,
  workspace: string,
  ids: ReadonlySet<string>,
): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for (const doc of await findFew(store.sightings, [...ids])) entries.set(doc._id, { doc, stored: doc.rev })
  for (const id of ids)
    if (!entries.has(id))
      entries.set(id, { doc: { _id: id, workspace, rev: 0, seen: [], expireAt: new Date(0) }, stored: 0 })
  return entries
}

/** @returns ids of keys another worker changed first */
async function writeEntries(store: Store, entries: readonly Entry[]): Promise<ReadonlySet<string>> {
  for (const entry of entries) entry.doc.rev = entry.stored + 1
  const fresh = entries.filter(entry => entry.stored === 0).map(entry => entry.doc)
  const known = entries.filter(entry => entry.stored > 0)
  const into = store.sightings
  const replaced = known.map(({ doc, stored }) => ({ filter: { _id: doc._id, rev: stored }, change: doc }))
  const [inserted, result] = await writeInOrder(
    [
      [
        { into, insert: fresh },
        { into, update: replaced },
      ],
    ],
    {
      flush: false,
    },
  )
  const lost = new Set([...inserted!.known].map(index => fresh[index]!._id))
  if (result!.matched === known.length) return lost
  const after = await store.sightings.find({ _id: { $in: known.map(each => each.doc._id) } }).lean()
  const now = new Map(after.map(each => [each._id, each]))
  for (const { doc } of known) if (!sameSightings(now.get(doc._id), doc)) lost.add(doc._id)
  return lost
}

const sameSightings = (a: SightingDoc | undefined, b: SightingDoc) =>
  a?.rev === b.rev &&
  a.seen.length === b.seen.length &&
  a.seen.every((each, i) => each.orderKey === b.seen[i]!.orderKey)
