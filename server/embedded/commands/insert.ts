import { refuseMalformed } from '../bson/validate.ts'
import { type Call, collectionName, rawDocuments } from './command.ts'
import { type Apply, isOrdered, statementSteps } from './statements.ts'
import { collectionFor } from './write-target.ts'
import { type Writing, writing } from './writing.ts'

export const insert: Writing = writing({
  names: ['insert'],
  takes: ['documents', 'ordered'],
  requires: ['documents'],
  /** There are no validators to bypass. */
  ignores: ['bypassDocumentValidation', 'bypassEmptyTsReplacement'],
  refuses: ['rawData'],
  steps: call =>
    statementSteps(rawDocuments(call, 'documents'), isOrdered(call), insertInto(call), call.documentsPerStep),
  reply: ({ n, writeErrors }) => (writeErrors.length > 0 ? { n, writeErrors } : { n }),
})

function insertInto(call: Call): Apply<Uint8Array> {
  const { store, database } = call
  const name = collectionName(call)
  return (raw, tally) => {
    refuseMalformed(raw)
    store.documents.insert(collectionFor(store, database, name), raw)
    tally.n++
    return { written: 1 }
  }
}
