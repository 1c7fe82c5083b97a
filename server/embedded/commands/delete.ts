import type { Document } from 'bson'
import {
  type Call,
  type Command,
  checkOptions,
  collectionName,
  decodedDocuments,
  isTrue,
  type Vocabulary,
} from './command.ts'
import { hintOf } from './find.ts'
import { type Apply, isOrdered, statementSteps } from './statements.ts'
import { findTargets } from './write-target.ts'

/** `delete` is a word of the language, hence the longer name. */
export const deleteCommand: Command = {
  names: ['delete'],
  takes: ['deletes', 'ordered', 'let'],
  refuses: ['rawData'],
  async run(call) {
    const statements = decodedDocuments(call, 'deletes')
    for (const statement of statements) checkOptions(STATEMENT, 'deletes', statement)
    const steps = statementSteps(statements, isOrdered(call), deleteFrom(call))
    const { n, writeErrors } = await call.store.commits.submit(steps)
    return writeErrors.length > 0 ? { n, writeErrors } : { n }
  },
}

const STATEMENT: Vocabulary = { takes: ['q', 'limit', 'hint'], refuses: ['collation'] }

function deleteFrom(call: Call): Apply<Document> {
  const { store, database, body } = call
  const name = collectionName(call)
  return ({ q, limit, hint }, tally, part) => {
    const collection = store.catalog.find(database, name)
    const spec = { filter: q, let: body.let, hint: hintOf(hint) }
    const { now, rest } = findTargets(store, collection, spec, { isMany: !isTrue(limit), ...part })
    for (const target of now) store.documents.remove(collection!, target)
    tally.n += now.length
    return { written: now.length, rest }
  }
}
