import { refuseMalformed } from '../bson/validate.ts'
import { type Call, type Command, collectionName, rawDocuments } from './command.ts'
import { type Apply, isOrdered, statementSteps } from './statements.ts'
import { collectionFor } from './write-target.ts'

export const insert: Command = {
  names: ['insert'],
  takes: ['documents', 'ordered'],
  /** There are no validators to bypass. */
  ignores: ['bypassDocumentValidation', 'bypassEmptyTsReplacement'],
  refuses: ['rawData'],
  async run(call) {
    const steps = statementSteps(rawDocuments(call, 'documents'), isOrdered(call), insertInto(call))
    const { n, writeErrors } = await call.store.commits.submit(steps)
    return writeErrors.length > 0 ? { n, writeErrors } : { n }
  },
}

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
