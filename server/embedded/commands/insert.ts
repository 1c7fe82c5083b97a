import { type Call, type Command, collectionName, isTrue, rawDocuments } from './command.ts'
import { type Apply, statementSteps } from './statements.ts'
import { collectionFor } from './write-target.ts'

export const insert: Command = {
  names: ['insert'],
  takes: ['documents', 'ordered'],
  /** There are no validators to bypass. */
  ignores: ['bypassDocumentValidation', 'bypassEmptyTsReplacement'],
  refuses: ['rawData'],
  async run(call) {
    const ordered = call.body.ordered === undefined || isTrue(call.body.ordered)
    const steps = statementSteps(rawDocuments(call, 'documents'), ordered, insertInto(call))
    const { n, writeErrors } = await call.store.commits.submit(steps)
    return writeErrors.length > 0 ? { n, writeErrors } : { n }
  },
}

function insertInto(call: Call): Apply<Uint8Array> {
  const { store, database } = call
  const name = collectionName(call)
  return (raw, _at, tally) => {
    store.documents.insert(collectionFor(store, database, name), raw)
    tally.n++
    return { written: 1 }
  }
}
