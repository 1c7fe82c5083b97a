import { request } from 'undici'
import type { SimFaults } from './faults.ts'
import type { SimPush } from './simulator.ts'

export interface PushesOptions {
  readonly target: () => string
  readonly faults: SimFaults
  /** Whether an answer means that the push arrived. */
  readonly isTaken: (answer: { readonly status: number; readonly text: string }) => boolean
  /** Waits before each further try, as the platform's schedule says. */
  readonly retryAfterMs: readonly number[]
  readonly timeoutMs: number
}

/** Sends pushes as platforms do: again until they are taken, and on demand twice or out of order. */
export interface Pushes {
  send(push: SimPush): void
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>
  /** Tries given up after the last retry. */
  lost(): number
}

export function simPushes({ target, faults, isTaken, retryAfterMs, timeoutMs }: PushesOptions): Pushes {
  const under = new Set<Promise<void>>()
  let held: SimPush | undefined
  let lost = 0

  function start(push: SimPush): void {
    const work = deliver(push).finally(() => under.delete(work))
    under.add(work)
  }

  async function deliver(push: SimPush): Promise<void> {
    for (const waitMs of [0, ...retryAfterMs]) {
      if (waitMs > 0) await new Promise(resolve => setTimeout(resolve, waitMs).unref())
      if (await post(push)) return
    }
    lost++
  }

  async function post({ method, query, headers, body }: SimPush): Promise<boolean> {
    const url = new URL(target())
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    try {
      const answer = await request(url, {
        method,
        headers: { ...headers },
        body: method === 'GET' ? null : body,
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      })
      return isTaken({ status: answer.statusCode, text: await answer.body.text() })
    } catch {
      // Not reached, or too slow: that is what the retries are for.
      return false
    }
  }

  return {
    send(push) {
      if (target() === '') return
      if (faults.take('push-late')) {
        // Overtaken by the next one.
        held = push
        return
      }
      start(push)
      if (faults.take('push-twice')) start(push)
      if (held) start(held)
      held = undefined
    },
    async settled() {
      while (under.size > 0) await Promise.all(under)
    },
    lost: () => lost,
  }
}
