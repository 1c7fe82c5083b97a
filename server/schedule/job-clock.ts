import type { Agenda } from 'agenda'
import type { Collection } from 'mongodb'

const DUPLICATE_KEY = 11000

/** The repeating jobs of the product: exactly one document per job and connection, whoever starts how often. */
export interface JobClock {
  prepare(): Promise<void>
  /** Makes sure the job repeats with this period; keeps its next time when it did already. */
  ensure(name: string, everyMs: number, connection?: string): Promise<void>
  remove(name: string, connection: string): Promise<void>
  runNow(name: string, connection: string): Promise<void>
  releaseMine(owner: string): Promise<void>
  releaseAll(): Promise<void>
}

/**
 * Saving a job anew through the library (`every`, or `unique` without `insertOnly`) clears the lock of one that
 * is under way, so that a second process would start it twice. Here a job is inserted once, and later only its
 * period and next time are touched.
 */
export function jobClock(jobs: Collection, agenda: Agenda): JobClock {
  const filterOf = (name: string, connection?: string) => ({ name, 'data.connection': connection ?? null })

  return {
    async prepare() {
      await jobs.createIndex({ name: 1, 'data.connection': 1 }, { unique: true, name: 'one-per-connection' })
    },

    async ensure(name, everyMs, connection) {
      const unique = filterOf(name, connection)
      const data = { connection: connection ?? null }
      await agenda
        .create(name, data)
        .unique(unique, { insertOnly: true })
        // A number is milliseconds; words would be read by a parser that does not know "milliseconds".
        .repeatEvery(everyMs)
        .save()
        .catch((error: { code?: unknown }) => {
          // Another process inserted it at the same moment.
          if (error.code !== DUPLICATE_KEY) throw error
        })
      await jobs.updateOne(
        { ...unique, repeatInterval: { $ne: everyMs } },
        { $set: { repeatInterval: everyMs, nextRunAt: new Date(Date.now() + everyMs) } },
      )
    },

    async remove(name, connection) {
      await jobs.deleteMany(filterOf(name, connection))
    },

    async runNow(name, connection) {
      await jobs.updateOne(filterOf(name, connection), { $set: { nextRunAt: new Date() } })
    },

    async releaseMine(owner) {
      await jobs.updateMany({ lastModifiedBy: owner, lockedAt: { $ne: null } }, { $set: { lockedAt: null } })
    },

    async releaseAll() {
      await jobs.updateMany({ lockedAt: { $ne: null } }, { $set: { lockedAt: null } })
    },
  }
}
