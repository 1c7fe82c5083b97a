import { Pool } from 'undici'

/** What one measured window saw. */
export interface Window {
  /** Requests answered with 2xx, per second. */
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly refused: number
}

/** Posts bodies over `concurrency` kept-alive connections, each as soon as the one before is answered. */
export async function closedLoop(
  url: string,
  path: string,
  concurrency: number,
  seconds: number,
  body: () => string,
): Promise<Window> {
  const pool = new Pool(url, { connections: concurrency, pipelining: 1 })
  const latencies: number[] = []
  let refused = 0
  const end = performance.now() + seconds * 1_000
  const started = performance.now()
  async function client(): Promise<void> {
    while (performance.now() < end) {
      const at = performance.now()
      const answer = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json' },
        body: body(),
      })
      await answer.body.dump()
      if (answer.statusCode >= 300) refused++
      else latencies.push(performance.now() - at)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, client))
  const elapsed = (performance.now() - started) / 1_000
  await pool.close()
  latencies.sort((a, b) => a - b)
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return { perSecond: latencies.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99), refused }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
