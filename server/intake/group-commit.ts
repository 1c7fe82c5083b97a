/**
 * Lets concurrent callers share one write: what arrives while a write is under way goes with the next one.
 * `write` gets at most `maxItems` items and answers one result per item; when it fails, exactly its callers fail.
 */
export function groupCommit<T, R>(write: (items: T[]) => Promise<readonly R[]>, maxItems: number) {
  interface Waiting {
    items: T[]
    resolve(results: R[]): void
    reject(error: unknown): void
  }
  let queue: Waiting[] = []
  let isWriting = false

  // One write at a time: what comes meanwhile makes a larger group, which costs less than two that overlap.
  async function flush(): Promise<void> {
    isWriting = true
    while (queue.length > 0) {
      let count = 0
      let take = 0
      while (take < queue.length && (take === 0 || count + queue[take]!.items.length <= maxItems))
        count += queue[take++]!.items.length
      const group = queue.slice(0, take)
      queue = queue.slice(take)
      try {
        const results = await write(group.flatMap(each => each.items))
        let at = 0
        for (const each of group) {
          each.resolve(results.slice(at, at + each.items.length))
          at += each.items.length
        }
      } catch (error) {
        for (const each of group) each.reject(error)
      }
    }
    isWriting = false
  }

  return {
    add(items: T[]): Promise<R[]> {
      return new Promise((resolve, reject) => {
        queue.push({ items, resolve, reject })
        if (!isWriting) setImmediate(() => !isWriting && void flush())
      })
    },
    /** Resolves when everything added so far is written. */
    async settled(): Promise<void> {
      while (isWriting || queue.length > 0) await new Promise(resolve => setTimeout(resolve, 5))
    },
  }
}
