import type { Document } from 'bson'
import { mongoError } from '../errors.ts'
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
  requires: ['deletes'],
  refuses: ['rawData'],
  async run(call) {
    const statements = deleteStatements(call)
    const steps = statementSteps(statements, isOrdered(call), deleteFrom(call))
    const { n, writeErrors } = await call.store.commits.submit(steps)
    return writeErrors.length > 0 ? { n, writeErrors } : { n }
  },
}

const STATEMENT: Vocabulary = {
  takes: ['q', 'limit', 'hint'],
  requires: ['q', 'limit'],
  refuses: ['collation'],
}

/** 1 is for the first match, 0 for all; whoever means something else must not have all deleted. */
function refuseBadLimit(limit: unknown): void {
  const count = Number(limit)
  if (count !== 0 && count !== 1)
    throw mongoError('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`)
}

/** The statements of the command. Throws MongoError for one that says too little, too much, or the wrong thing. */
export function deleteStatements(call: Call): Document[] {
  const statements = decodedDocuments(call, 'deletes')
  for (const statement of statements) {
    checkOptions(STATEMENT, 'delete.deletes', statement)
    refuseBadLimit(statement.limit)
  }
  return statements
}

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
