import { setTimeout as sleep } from 'node:timers/promises'
import { Pool } from 'undici'

/** What one measured window saw. */
export interface Window {
  /** Requests answered with 2xx, per second. */
  readonly perSecond: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly refused: number
}

/** Connections of an open loop: more than ever wait for an answer while the server keeps up. */
const OPEN_CONNECTIONS = 128

/** Posts bodies over `concurrency` kept-alive connections, each as soon as the one before is answered. */
export async function closedLoop(
  url: string,
  path: string,
  concurrency: number,
  seconds: number,
  body: () => string,
): Promise<Window> {
  const { post, seen, close } = poster(url, path, concurrency)
  const started = performance.now()
  const end = started + seconds * 1_000
  async function client(): Promise<void> {
    while (performance.now() < end) await post(body(), performance.now())
  }
  await Promise.all(Array.from({ length: concurrency }, client))
  const elapsedMs = performance.now() - started
  await close()
  return windowOf(seen, elapsedMs)
}

/**
 * Posts bodies at a fixed rate, whether the server keeps up or not. Latencies count from the moment a request was
 * due, so that one slow answer is felt by all that came after it.
 */
export async function openLoop(
  url: string,
  path: string,
  perSecond: number,
  seconds: number,
  body: () => string,
): Promise<Window> {
  const { post, seen, close } = poster(url, path, OPEN_CONNECTIONS)
  const gapMs = 1_000 / perSecond
  const started = performance.now()
  const end = started + seconds * 1_000
  const underWay: Promise<void>[] = []
  for (let due = started; due < end; await sleep(1))
    for (const now = performance.now(); due <= now && due < end; due += gapMs)
      underWay.push(post(body(), due))
  await Promise.all(underWay)
  const elapsedMs = performance.now() - started
  await close()
  return windowOf(seen, elapsedMs)
}

interface Seen {
  readonly latencies: number[]
  refused: number
}

function poster(url: string, path: string, connections: number) {
  const pool = new Pool(url, { connections, pipelining: 1 })
  const seen: Seen = { latencies: [], refused: 0 }
  return {
    seen,
    async post(body: string, since: number): Promise<void> {
      const answer = await pool.request({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json' },
        body,
      })
      await answer.body.dump()
      if (answer.statusCode >= 300) seen.refused++
      else seen.latencies.push(performance.now() - since)
    },
    close: () => pool.close(),
  }
}

function windowOf({ latencies, refused }: Seen, elapsedMs: number): Window {
  latencies.sort((a, b) => a - b)
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
  return {
    perSecond: latencies.length / (elapsedMs / 1_000),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    refused,
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
