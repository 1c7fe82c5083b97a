import { randomUUID } from 'node:crypto'
import type { Plans } from '../engine/plan.ts'
import type { Places } from '../world/live/places.ts'
import type { Members } from './members.ts'
import type { News } from './news.ts'
import { isWorking } from './role.ts'

/** A process that does not answer for so long learns of the change when it reads everything again by itself. */
const PATIENCE_MS = 2_000

export interface EverywhereOptions {
  readonly news: News
  readonly members: Pick<Members, 'name' | 'others' | 'look'>
  /** Reads again in this process what others may have changed. */
  readonly refresh: () => Promise<unknown>
  readonly log: { error(details: object, message: string): void }
}

/** Makes what one process has changed known to all of them. */
export interface Everywhere {
  /** Resolves when every worker has read it: orders that come from now on are worked by the new rules. */
  refresh(): Promise<void>
  stop(): void
}

export function everywhere({ news, members, refresh, log }: EverywhereOptions): Everywhere {
  const waiting = new Map<string, (name: string) => void>()
  const stops = [
    news.on('changed', message => {
      const { id } = message as { id: string }
      refresh().then(
        () => news.tell('read', { id, by: members.name }),
        error => log.error({ err: error }, 'what another process changed could not be read'),
      )
    }),
    news.on('read', message => {
      const { id, by } = message as { id: string; by: string }
      waiting.get(id)?.(by)
    }),
  ]
  return {
    async refresh() {
      // One that has just come may have read what was there before the change.
      await members.look()
      const missing = new Set(
        members
          .others()
          .filter(each => isWorking(each.role))
          .map(each => each.name),
      )
      const id = randomUUID()
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, PATIENCE_MS)
        const done = (name: string) => {
          missing.delete(name)
          if (missing.size > 0) return
          clearTimeout(timer)
          resolve()
        }
        waiting.set(id, done)
        news.tell('changed', { id })
        done('')
      })
      waiting.delete(id)
    },
    stop() {
      for (const stop of stops) stop()
    },
  }
}

/** Plans as they are given to those who change them: reading them again means everywhere. */
export const plansEverywhere = (plans: Plans, all: Everywhere): Plans => ({
  ...plans,
  async refresh() {
    await plans.refresh()
    await all.refresh()
  },
})

/** Places as they are given to those who change them. */
export const placesEverywhere = (places: Places, all: Everywhere): Places =>
  // Not copied: what they hold changes.
  Object.create(places, {
    refresh: {
      async value() {
        await places.refresh()
        await all.refresh()
      },
    },
  }) as Places
