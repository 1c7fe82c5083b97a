import { reclaimDropped } from './reclaim.ts'
import type { Store } from './store.ts'
import { removeExpired } from './ttl.ts'

/** How often the room of dropped collections is looked for. */
const RECLAIM_EVERY_MS = 1000

/** Does in the background what no client waits for. Answers a function that ends it. */
export function startHousekeeping(store: Store, ttlEveryMs: number): () => void {
  const timers = [
    repeat(() => reclaimDropped(store.tree, store.commits), RECLAIM_EVERY_MS),
    repeat(() => removeExpired(store, new Date()), ttlEveryMs),
  ]
  return () => {
    for (const stop of timers) stop()
  }
}

/** Runs a job again and again, never twice at a time; a failure is reported and the next round tries again. */
function repeat(job: () => Promise<void>, everyMs: number): () => void {
  let stopped = false
  let timer = setTimeout(run, everyMs)

  function run(): void {
    job()
      .catch(error => {
        if (!stopped) process.emitWarning(error)
      })
      .finally(() => {
        if (!stopped) timer = setTimeout(run, everyMs)
      })
  }

  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
