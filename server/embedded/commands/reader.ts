import { setImmediate } from 'node:timers/promises'
import type { Document } from 'bson'
import { mongoError } from '../errors.ts'
import type { Collection } from '../store/catalog.ts'
import type { Stored } from '../store/documents.ts'
import { memoryGuard } from '../store/memory-guard.ts'
import type { Query, QuerySpec } from '../store/query.ts'
import type { Store } from '../store/store.ts'
import { countOf } from './command.ts'

/** Candidates looked at before other connections get their turn. */
const SLICE = 1000

/** A batch is closed when it holds this many bytes, well below the largest message. */
const BATCH_BYTES = 12_000_000

export interface Batch {
  documents: Uint8Array[]
  /** Nothing follows. */
  isLast: boolean
}

/** Reads the next batch of at most so many documents. */
export type Reader = (batchSize: number) => Promise<Batch>

/** When a read has to be over by its `maxTimeMS`, by the clock of `performance.now`. */
export function deadlineOf({ maxTimeMS }: Document): number {
  const limitMs = countOf(maxTimeMS, 'maxTimeMS', 0)
  return limitMs > 0 ? performance.now() + limitMs : Number.POSITIVE_INFINITY
}

/**
 * Runs a query to its end, or until `take` has enough, in slices between which others get their turn. Answers
 * whether it came to its end. Throws MaxTimeMSExpired.
 */
export async function readMatches(
  query: Query,
  take: (match: Stored) => boolean,
  deadline: number,
): Promise<boolean> {
  for (;;) {
    const end = query.run(take, SLICE)
    if (end !== 'paused') return end === 'exhausted'
    await setImmediate()
    if (performance.now() > deadline) throw mongoError('MaxTimeMSExpired', 'operation exceeded time limit')
  }
}

/** All matches of a query. Throws MongoError where they do not fit the memory. */
export async function allMatches(query: Query, deadline: number): Promise<Uint8Array[]> {
  const documents: Uint8Array[] = []
  const weigh = memoryGuard()
  await readMatches(
    query,
    ({ raw }) => {
      weigh(raw)
      return documents.push(raw) > 0
    },
    deadline,
  )
  return documents
}

/** Reads a query batch by batch. The deadline is the first batch's. */
export function queryReader(
  store: Store,
  collection: Collection,
  spec: QuerySpec,
  project: (raw: Uint8Array) => Uint8Array,
  deadline: number,
): Reader {
  const query = store.query(collection, spec)
  return async batchSize => {
    const documents: Uint8Array[] = []
    if (batchSize === 0) return { documents, isLast: false }
    let bytes = 0
    const isFirst = query.examined() === 0
    const take = ({ raw }: Stored) => {
      const document = project(raw)
      bytes += document.length
      return documents.push(document) < batchSize && bytes < BATCH_BYTES
    }
    return {
      isLast: await readMatches(query, take, isFirst ? deadline : Number.POSITIVE_INFINITY),
      documents,
    }
  }
}

/** Reads documents that are there already. */
export function listReader(documents: readonly Uint8Array[]): Reader {
  let at = 0
  return async batchSize => {
    const from = at
    for (let bytes = 0; at < documents.length && at - from < batchSize && bytes < BATCH_BYTES; at++)
      bytes += documents[at]!.length
    return { documents: documents.slice(from, at), isLast: at === documents.length }
  }
}
