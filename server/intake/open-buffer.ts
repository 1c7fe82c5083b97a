import { join } from 'node:path'
import type { Store } from '../store/store.ts'
import { besideJournal } from './beside-journal.ts'
import type { Buffer } from './buffer.ts'
import { emptyJournal } from './journal/empty-journal.ts'
import { openJournalBuffer } from './journal/journal-buffer.ts'
import { mongoBuffer } from './mongo-buffer.ts'
import { openRedisBuffer, type RedisBufferOptions } from './redis/redis-buffer.ts'

interface BufferOptions extends Pick<RedisBufferOptions, 'workspace' | 'log'> {
  readonly redisUrl: string | undefined
  /** `own`: the embedded store of this process; `shared`: that of another one. */
  readonly storeKind: 'own' | 'shared' | 'mongodb'
  readonly dataDir: string
  /** Events went into the store that another process is to work. */
  readonly moved: (lanes: ReadonlySet<number>) => void
}

/** Where accepted events wait before they are in the store, within the data folder. */
export const JOURNAL_FOLDER = 'journal'

/**
 * The buffer in Redis where one is named, else in a journal beside the embedded store, else in the store itself.
 * @throws when Redis cannot be reached, or the journal cannot be read
 */
export async function openBuffer(store: Store, options: BufferOptions): Promise<Buffer> {
  const { redisUrl, workspace, log, storeKind, moved } = options
  const folder = join(options.dataDir, JOURNAL_FOLDER)
  if (!redisUrl && storeKind === 'own') return openJournalBuffer(store, { folder, moved, log })
  if (!redisUrl && storeKind === 'shared') return besideJournal(store)
  const buffer = redisUrl ? await openRedisBuffer(redisUrl, store, { workspace, log }) : mongoBuffer(store)
  if (storeKind !== 'shared') await emptyJournal(folder, buffer)
  return buffer
}
