import { join } from 'node:path'
import { MongoBulkWriteError, type MongoClient } from 'mongodb'
import { emptyJournal } from '../../intake/journal/empty-journal.ts'
import { JOURNAL_FOLDER } from '../../intake/open-buffer.ts'

const DUPLICATE_KEY = 11000

/** Puts events the product had accepted and not worked off when it was stopped where all other data is. */
export async function takeInJournal(dataDir: string, client: MongoClient): Promise<void> {
  const events = client.db().collection<{ _id: string }>('events')
  await emptyJournal(join(dataDir, JOURNAL_FOLDER), {
    async append(documents) {
      try {
        await events.insertMany([...documents], { ordered: false })
      } catch (error) {
        if (!(error instanceof MongoBulkWriteError) || error.code !== DUPLICATE_KEY) throw error
      }
    },
  })
}
