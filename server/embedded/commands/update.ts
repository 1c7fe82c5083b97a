import type { Document } from 'bson'
import { rawField } from '../bson/raw.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { mongoError } from '../errors.ts'
import { compileFilter } from '../query/filter.ts'
import type { Collection } from '../store/catalog.ts'
import type { Stored } from '../store/documents.ts'
import type { Store } from '../store/store.ts'
import { compileUpdate, type Update } from '../update/update.ts'
import { type Call, type Command, checkOptions, collectionName, decodedDocuments, isTrue } from './command.ts'
import { hintOf } from './find.ts'
import { type Apply, statementSteps, type Tally } from './statements.ts'
import { allTargets, collectionFor, firstMatch, remainingTargets } from './write-target.ts'

export const update: Command = {
  names: ['update'],
  takes: ['updates', 'ordered', 'let'],
  /** There are no validators to bypass. */
  ignores: ['bypassDocumentValidation', 'bypassEmptyTsReplacement'],
  refuses: ['rawData'],
  async run(call) {
    const ordered = call.body.ordered === undefined || isTrue(call.body.ordered)
    const statements = decodedDocuments(call, 'updates')
    for (const statement of statements) checkOptions(STATEMENT, { name: 'updates', body: statement })
    const tally = await call.store.commits.submit(statementSteps(statements, ordered, updateIn(call)))
    const { upserted, writeErrors, n, nModified } = tally
    return {
      n,
      nModified,
      ...(upserted.length > 0 && { upserted }),
      ...(writeErrors.length > 0 && { writeErrors }),
    }
  },
}

/** The vocabulary of one statement, in the form of a command's. */
const STATEMENT = {
  names: ['updates'],
  takes: ['q', 'u', 'c', 'upsert', 'multi', 'arrayFilters', 'hint'],
  refuses: ['collation', 'sort'],
  run: () => ({}),
}

function updateIn(call: Call): Apply<Document> {
  const { store, database, body } = call
  const name = collectionName(call)
  return (statement, at, tally, budget, rest) => {
    const { q: filter, u, multi } = statement
    const upserts = isTrue(statement.upsert)
    const changes = compileUpdate(u, {
      arrayFilters: statement.arrayFilters,
      let: updateVariables(body, statement),
    })
    if (isTrue(multi) && changes.isReplacement)
      throw mongoError('FailedToParse', 'multi update is not supported for replacement-style update')
    const collection = store.catalog.find(database, name)
    const spec = { filter, let: body.let, hint: hintOf(statement.hint) }
    const { matches, positionOf } = compileFilter(filter, { let: body.let })
    const targets = !collection
      ? { now: [] }
      : rest
        ? remainingTargets(store, collection, matches, rest, budget)
        : isTrue(multi)
          ? allTargets(store, collection, spec, budget)
          : { now: [firstMatch(store, collection, spec)].filter(found => found !== undefined) }
    for (const target of targets.now) updateOne(store, collection!, target, changes, positionOf, tally)
    if (targets.now.length === 0 && upserts && !rest) {
      const { raw } = upsert(store, collectionFor(store, database, name), filter, changes)
      tally.n++
      tally.upserted.push({ index: at, _id: decodeValue(rawField(raw, '_id')!) })
    }
    return { written: targets.now.length + 1, rest: targets.rest }
  }
}

/** Constants of a pipeline update: those of the statement beside those of the command. */
function updateVariables(body: Document, statement: Document): Document | undefined {
  return statement.c || body.let ? { ...body.let, ...statement.c } : undefined
}

function updateOne(
  store: Store,
  collection: Collection,
  target: Stored,
  changes: Update,
  positionOf: (raw: Uint8Array) => number | undefined,
  tally: Tally,
): void {
  const after = changes.apply(target.raw, { position: positionOf(target.raw), now: new Date() })
  tally.n++
  if (after === target.raw) return
  store.documents.replace(collection, target, after)
  tally.nModified++
}

/** Inserts the document an upsert makes of its filter and its update. */
export function upsert(store: Store, collection: Collection, filter: Document, changes: Update): Stored {
  const raw = changes.apply(changes.upsertBase(filter), { isInsert: true, now: new Date() })
  return store.documents.insert(collection, raw)
}
