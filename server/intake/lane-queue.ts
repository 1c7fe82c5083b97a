import type { EventDoc } from '../store/event-doc.ts'

/** Events remembered per lane; beyond it they are read again when their turn comes. */
const MAX_REMEMBERED = 300

/**
 * The pending events of one lane, as far as this process remembers them: what it accepted itself need not be read
 * again. Either the memory holds all that is pending, or the lane is `behind`, and what comes is not remembered
 * until the memory is worked off and the store has been read.
 */
export interface LaneQueue {
  /** The first events, still pending. */
  first(limit: number): EventDoc[]
  /** Before events are stored: a reading that meets them leaves them to `stored`. */
  storing(ids: readonly string[]): void
  /** They are stored now; those that were not new are not in `fresh`. */
  stored(ids: readonly string[], fresh: readonly EventDoc[]): void
  /** It is not known whether they were stored. */
  unsure(ids: readonly string[]): void
  settled(ids: ReadonlySet<string>): void
  /** Fills the memory from the store: `read` answers the first `limit` pending events in order. */
  fill(limit: number, read: (limit: number) => Promise<EventDoc[]>): Promise<void>
  /** There may be events nobody here has seen. */
  fallBehind(): void
  forget(): void
}

export function laneQueue(): LaneQueue {
  let queue: EventDoc[] = []
  let behind = true
  /** Something came while the store was read. */
  let missed = false
  const underWay = new Set<string>()
  /** Events a reading met while they were being stored, perhaps for the second time. */
  const skipped = new Set<string>()

  const fallBehind = () => {
    behind = true
    missed = true
  }
  /** @returns whether a reading left one of them out */
  const arrived = (ids: readonly string[]): boolean => {
    let wasSkipped = false
    for (const id of ids) {
      underWay.delete(id)
      if (skipped.size > 0 && skipped.delete(id)) wasSkipped = true
    }
    return wasSkipped
  }

  /** Groups may be stored in another order than they were accepted in. */
  function add(event: EventDoc): void {
    let at = queue.length
    while (at > 0 && queue[at - 1]!.seq > event.seq) at--
    if (at === queue.length) queue.push(event)
    else queue.splice(at, 0, event)
  }

  return {
    first: limit => queue.slice(0, limit),
    storing(ids) {
      for (const id of ids) underWay.add(id)
    },
    stored(ids, fresh) {
      // One that was known already and still waits was left out by the reading and is not fresh: read again.
      if (arrived(ids) && fresh.length < ids.length) fallBehind()
      if (fresh.length === 0) return
      if (behind || queue.length + fresh.length > MAX_REMEMBERED) fallBehind()
      else for (const event of fresh) add(event)
    },
    unsure(ids) {
      arrived(ids)
      fallBehind()
    },
    settled(ids) {
      queue = queue.filter(event => !ids.has(event._id))
    },
    async fill(limit, read) {
      // What is remembered is older than anything else, and comes first.
      if (!behind || queue.length > 0) return
      missed = false
      const found = await read(limit)
      queue = found.filter(({ _id }) => {
        if (!underWay.has(_id)) return true
        skipped.add(_id)
        return false
      })
      behind = missed || found.length === limit
    },
    fallBehind,
    forget() {
      queue = []
      fallBehind()
    },
  }
}
