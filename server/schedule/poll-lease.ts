import type { Collection } from 'mongodb'
import type { Store } from '../store/store.ts'

const LEASE_MS = 60_000

interface LeaseDoc {
  _id: string
  owner: string
  until: Date
  /** Somebody asked for a poll while one was under way: it might have looked already. */
  again: boolean
}

/** Who polls a connection now; one process at a time, whatever wakes it. */
export interface PollLeases {
  /** False when another process, or another call, polls this connection now. */
  acquire(connection: string): Promise<boolean>
  renew(connection: string): Promise<void>
  /** False when the poll was asked for again meanwhile; the lease is then still held. */
  release(connection: string): Promise<boolean>
  /** Gives the lease back, whatever was asked meanwhile. */
  free(connection: string): Promise<void>
  /** Asks whoever polls now to do it once more. False when nobody does. */
  askAgain(connection: string): Promise<boolean>
  /** Frees what an earlier process held; only for a store nobody else can be on. */
  clear(): Promise<void>
}

export function pollLeases(store: Store, owner: string): PollLeases {
  const leases = store.connection.db!.collection('polls') as unknown as Collection<LeaseDoc>
  const until = () => new Date(Date.now() + LEASE_MS)
  return {
    async acquire(connection) {
      const now = new Date()
      const taken = { owner, until: until(), again: false }
      const free = await leases.updateOne({ _id: connection, until: { $lte: now } }, { $set: taken })
      if (free.matchedCount > 0) return true
      const first = await leases.updateOne({ _id: connection }, { $setOnInsert: taken }, { upsert: true })
      return first.upsertedCount > 0
    },
    async renew(connection) {
      await leases.updateOne({ _id: connection, owner }, { $set: { until: until() } })
    },
    async release(connection) {
      const freed = await leases.updateOne(
        { _id: connection, owner, again: false },
        { $set: { until: new Date(0) } },
      )
      if (freed.matchedCount > 0) return true
      const more = await leases.updateOne({ _id: connection, owner }, { $set: { again: false } })
      // Not ours any more: it ran out and another process took it.
      return more.matchedCount === 0
    },
    async free(connection) {
      await leases.updateOne({ _id: connection, owner }, { $set: { until: new Date(0), again: false } })
    },
    async askAgain(connection) {
      const asked = await leases.updateOne(
        { _id: connection, until: { $gt: new Date() } },
        { $set: { again: true } },
      )
      return asked.matchedCount > 0
    },
    async clear() {
      await leases.deleteMany({})
    },
  }
}
