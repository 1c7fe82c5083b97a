import type { Collection } from 'mongodb'
import { isGone, workerName } from '../store/lane-lease.ts'
import type { Store } from '../store/store.ts'
import { repeat } from './repeat.ts'
import type { Role } from './role.ts'

const BEAT_MS = 1_000
/** Without a beat for so long a process is taken for dead. */
const SILENT_MS = 3_000
/** Without a beat for so long it is forgotten. */
const FORGOTTEN_MS = 60_000

export interface Member {
  /** Machine, process and start, as its lanes are signed. */
  readonly name: string
  readonly role: Role
}

/** The processes that work on one store. */
export interface Members {
  /** Who this is. */
  readonly name: string
  /** Those alive now, this one not among them. */
  others(): readonly Member[]
  /** Looks at once who is there; otherwise it takes up to a second. */
  look(): Promise<void>
  /** Called when one came or went. */
  onChange(listener: () => void): () => void
  /** Registers this process; it and those that live know of each other within a second. */
  start(): Promise<void>
  stop(): Promise<void>
}

export interface MembersOptions {
  readonly role: Role
  readonly log: { warn(details: object, message: string): void }
  /** Who this is. */
  readonly name?: string
}

interface MemberDoc {
  _id: string
  role: Role
  /** Grows with every beat. */
  beat: number
}

/**
 * Every process counts up a number of its own in the collection `workers`; whose number stands still is dead. Each
 * one measures with its own clock how long a number stood, so the clocks of the machines may differ.
 */
export function openMembers(store: Store, options: MembersOptions): Members {
  const { role, log, name = workerName } = options
  const beats = store.connection.db!.collection('workers') as unknown as Collection<MemberDoc>
  const seen = new Map<string, { beat: number; at: number }>()
  const listeners = new Set<() => void>()
  let alive: readonly Member[] = []
  let stopBeating: (() => Promise<void>) | undefined

  async function look(): Promise<void> {
    const found = await beats.find({ _id: { $ne: name } }).toArray()
    const now = performance.now()
    const before = alive.map(each => each.name)
    alive = found
      .filter(({ _id, beat }) => {
        const last = seen.get(_id)
        if (last?.beat !== beat) seen.set(_id, { beat, at: now })
        return !isGone(_id) && now - seen.get(_id)!.at < SILENT_MS
      })
      .map(each => ({ name: each._id, role: each.role }))
    await forget(found, now)
    if (before.join() !== alive.map(each => each.name).join()) for (const listener of listeners) listener()
  }

  async function forget(found: readonly MemberDoc[], now: number): Promise<void> {
    const known = new Set(found.map(each => each._id))
    for (const each of seen.keys()) if (!known.has(each)) seen.delete(each)
    const dead = found.filter(({ _id }) => isGone(_id) || now - seen.get(_id)!.at > FORGOTTEN_MS)
    // One that was only asleep registers again with its next beat.
    if (dead.length > 0) await beats.deleteMany({ _id: { $in: dead.map(each => each._id) } })
  }

  async function beat(): Promise<void> {
    await beats.updateOne({ _id: name }, { $set: { role }, $inc: { beat: 1 } }, { upsert: true })
    await look()
  }

  return {
    name,
    others: () => alive,
    look,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async start() {
      await beat()
      stopBeating = repeat(BEAT_MS, beat, error =>
        log.warn({ err: error }, 'this process could not tell the others that it lives'),
      )
    },
    async stop() {
      await stopBeating?.()
      await beats.deleteOne({ _id: name })
    },
  }
}
