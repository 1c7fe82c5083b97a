/** Sends what `take` gives it, once it may: whatever comes until then can still join. Taken again, it is the same. */
export type SendMerged<T> = (take: () => T) => Promise<void>

/** Things that wait to go out together, each told what became of the one it went out in. */
export interface MergingQueue<T> {
  /**
   * Puts an entry at the end.
   * @param send by the way of the first of those that are merged
   * @returns how many went out together, which rejects with what `send` rejects with; undefined when too much
   *   waits already
   */
  add(entry: T, send: SendMerged<T>): Promise<number> | undefined
}

interface Group<T> {
  whole: T
  readonly send: SendMerged<T>
  readonly parts: { readonly sent: (together: number) => void; readonly failed: (error: unknown) => void }[]
}

/**
 * Sends one after the other. What comes while something is under way, or waits for its turn, is merged with the
 * last that waits, if `merge` makes one of the two: none overtakes another.
 * @param maxWaiting how many may wait that cannot be merged
 */
export function mergingQueue<T>(
  merge: (one: T, other: T) => T | undefined,
  maxWaiting: number,
): MergingQueue<T> {
  const waiting: Group<T>[] = []
  let isSending = false

  function placeFor(entry: T, send: SendMerged<T>): Group<T> | undefined {
    const last = waiting.at(-1)
    const both = last && merge(last.whole, entry)
    if (last && both !== undefined) {
      last.whole = both
      return last
    }
    if (waiting.length >= maxWaiting) return undefined
    const group: Group<T> = { whole: entry, send, parts: [] }
    waiting.push(group)
    return group
  }

  async function sendAll(): Promise<void> {
    isSending = true
    for (let group = waiting[0]; group; group = waiting[0]) {
      const { parts, send } = group
      try {
        await send(() => {
          leave(group)
          return group.whole
        })
        leave(group)
        for (const { sent } of parts) sent(parts.length)
      } catch (error) {
        leave(group)
        for (const { failed } of parts) failed(error)
      }
    }
    isSending = false
  }

  /** From now on nothing joins it. */
  function leave(group: Group<T>): void {
    if (waiting[0] === group) waiting.shift()
  }

  return {
    add(entry, send) {
      const group = placeFor(entry, send)
      if (!group) return undefined
      const outcome = new Promise<number>((sent, failed) => group.parts.push({ sent, failed }))
      if (!isSending) void sendAll()
      return outcome
    },
  }
}
