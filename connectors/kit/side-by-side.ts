/** What `work` makes of each entry, in their order, at most so many at a time. The first failure ends it. */
export async function sideBySide<T, R>(
  entries: readonly T[],
  atOnce: number,
  work: (entry: T) => Promise<R>,
): Promise<R[]> {
  const made: R[] = []
  const queue = entries.entries()
  let failed = false
  const worker = async () => {
    for (const [index, entry] of queue) {
      if (failed) return
      try {
        made[index] = await work(entry)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, worker))
  return made
}
