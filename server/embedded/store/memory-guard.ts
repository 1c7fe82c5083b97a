import { MongoError } from '../errors.ts'

/** What one query may gather before it can answer, in bytes. */
const LIMIT_BYTES = 256 * 1024 * 1024

/** Answers a function to weigh each document kept in memory; it throws MongoError past the limit. */
export function memoryGuard(): (raw: Uint8Array) => void {
  let bytes = 0
  return raw => {
    bytes += raw.length
    if (bytes > LIMIT_BYTES)
      throw new MongoError(
        292,
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `the query would keep more than ${LIMIT_BYTES} bytes in memory; narrow it, or give it an index to sort by`,
      )
  }
}
