import type { Document } from 'bson'
import { compileFilter } from '../query/filter.ts'
import { type Call, type Command, checkOptions, collectionName, decodedDocuments, isTrue } from './command.ts'
import { hintOf } from './find.ts'
import { type Apply, statementSteps } from './statements.ts'
import { allTargets, firstMatch, remainingTargets } from './write-target.ts'

/** `delete` is a word of the language, hence the longer name. */
export const deleteCommand: Command = {
  names: ['delete'],
  takes: ['deletes', 'ordered', 'let'],
  refuses: ['rawData'],
  async run(call) {
    const ordered = call.body.ordered === undefined || isTrue(call.body.ordered)
    const statements = decodedDocuments(call, 'deletes')
    for (const statement of statements) checkOptions(STATEMENT, { name: 'deletes', body: statement })
    const steps = statementSteps(statements, ordered, deleteFrom(call))
    const { n, writeErrors } = await call.store.commits.submit(steps)
    return writeErrors.length > 0 ? { n, writeErrors } : { n }
  },
}

/** The vocabulary of one statement, in the form of a command's. */
const STATEMENT = {
  names: ['deletes'],
  takes: ['q', 'limit', 'hint'],
  refuses: ['collation'],
  run: () => ({}),
}

function deleteFrom(call: Call): Apply<Document> {
  const { store, database, body } = call
  const name = collectionName(call)
  return ({ q: filter, limit, hint }, _at, tally, budget, rest) => {
    const { matches } = compileFilter(filter, { let: body.let })
    const collection = store.catalog.find(database, name)
    if (!collection) return { written: 0 }
    const spec = { filter, let: body.let, hint: hintOf(hint) }
    const targets = rest
      ? remainingTargets(store, collection, matches, rest, budget)
      : isTrue(limit)
        ? { now: [firstMatch(store, collection, spec)].filter(found => found !== undefined) }
        : allTargets(store, collection, spec, budget)
    for (const target of targets.now) store.documents.remove(collection, target)
    tally.n += targets.now.length
    return { written: targets.now.length, rest: targets.rest }
  }
}
