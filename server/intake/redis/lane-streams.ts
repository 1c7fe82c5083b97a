import type { EventDoc } from '../../store/event-doc.ts'
import { LANES } from '../../store/lanes.ts'
import type { RedisClient } from './client.ts'
import { type Entry, entryOf } from './entry.ts'
import { run, type Script } from './script.ts'
import { APPEND, APPEND_AGAIN, CLAIM, FIND, OLDEST, READ, SETTLE } from './scripts.ts'
import { asking } from './unreachable.ts'

const GROUP = 'engine'
/** Entries per round trip where there may be any number of them. */
const PAGE = 1_000

/** An event that leaves its stream; without `entry` it is found by the event's id. */
export interface Leaving {
  readonly lane: number
  readonly event: string
  readonly entry?: string
}

/** The lanes' streams, in Redis' own terms. Everything throws errors.BufferUnreachable while Redis cannot do it. */
export interface LaneStreams {
  /** Key of the number of entries ever added. */
  readonly counter: string
  /** @returns the places of those that were known, and how many entries were ever added */
  append(events: readonly EventDoc[]): Promise<{ known: ReadonlySet<number>; total: number }>
  /** Adds events that are known, unless they wait already. @returns how many entries were ever added */
  appendAgain(events: readonly EventDoc[]): Promise<number>
  /** Makes this process the lane's reader. @returns what was given to anybody and is not settled */
  claim(lane: number): Promise<readonly Entry[]>
  /** @returns entries nobody was given yet; null where another process has become the reader */
  read(lane: number, limit: number): Promise<readonly Entry[] | null>
  find(lane: number, events: readonly string[]): Promise<readonly Entry[]>
  settle(leaving: readonly Leaving[]): Promise<void>
  count(): Promise<number>
  oldestAt(): Promise<Date | null>
}

export interface LaneStreamsOptions {
  readonly accepting: RedisClient
  readonly working: RedisClient
  readonly workspace: string
  readonly consumer: string
  readonly rememberMs: number
}

export function laneStreams(options: LaneStreamsOptions): LaneStreams {
  const { accepting, working, consumer } = options
  const prefix = `orderloom:${options.workspace}`
  const counter = `${prefix}:appended`
  const idPrefix = `${prefix}:id:`
  const streamOf = (lane: number) => `${prefix}:lane:${lane}`
  const readerOf = (lane: number) => `${prefix}:lane:${lane}:reader`
  const streams = Array.from({ length: LANES }, (_, lane) => streamOf(lane))
  const work = (script: Script, keys: string[], values: string[]) =>
    asking(() => run(working, script, keys, values))

  function add(script: Script, events: readonly EventDoc[]): Promise<unknown> {
    const values = [idPrefix]
    for (const event of events) values.push(String(event.lane), event._id, ...entryOf(event))
    return asking(() => run(accepting, script, [counter, ...streams], values))
  }

  return {
    counter,
    async append(events) {
      const [total, ...known] = (await add(APPEND, events)) as [number, ...number[]]
      return { known: new Set(known), total }
    },
    async appendAgain(events) {
      return (await add(APPEND_AGAIN, events)) as number
    },
    async claim(lane) {
      const keys = [streamOf(lane), readerOf(lane)]
      const all: Entry[] = []
      let cursor = '0-0'
      do {
        const answer = await work(CLAIM, keys, [GROUP, consumer, cursor, String(PAGE)])
        const [next, entries] = answer as [string, Entry[]]
        all.push(...entries)
        cursor = next
      } while (cursor !== '0-0')
      return all
    },
    async read(lane, limit) {
      const keys = [streamOf(lane), readerOf(lane)]
      return (await work(READ, keys, [GROUP, consumer, String(limit)])) as Entry[] | null
    },
    async find(lane, events) {
      return (await work(FIND, [streamOf(lane)], [idPrefix, ...events])) as Entry[]
    },
    async settle(leaving) {
      for (let from = 0; from < leaving.length; from += PAGE) {
        const values = [idPrefix, GROUP, String(options.rememberMs)]
        for (const { lane, event, entry } of leaving.slice(from, from + PAGE))
          values.push(String(lane), event, entry ?? '')
        await work(SETTLE, streams, values)
      }
    },
    count: () =>
      asking(async () => {
        const lengths = await Promise.all(streams.map(stream => accepting.xLen(stream)))
        return lengths.reduce((sum, length) => sum + length, 0)
      }),
    async oldestAt() {
      const ms = (await asking(() => run(accepting, OLDEST, streams, []))) as number | null
      return ms === null ? null : new Date(ms)
    },
  }
}
