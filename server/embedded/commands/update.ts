import type { Document } from 'bson'
import { rawField } from '../bson/raw.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { locationError, mongoError } from '../errors.ts'
import type { Collection } from '../store/catalog.ts'
import type { Stored } from '../store/documents.ts'
import type { Store } from '../store/store.ts'
import { compileUpdate, type Update } from '../update/update.ts'
import {
  type Call,
  checkOptions,
  collectionName,
  decodedDocuments,
  isTrue,
  type Vocabulary,
} from './command.ts'
import { hintOf } from './find.ts'
import { type Apply, isOrdered, statementSteps } from './statements.ts'
import { collectionFor, findTargets } from './write-target.ts'
import { type Writing, writing } from './writing.ts'

export const update: Writing = writing({
  names: ['update'],
  takes: ['updates', 'ordered', 'let'],
  requires: ['updates'],
  /** There are no validators to bypass. */
  ignores: ['bypassDocumentValidation', 'bypassEmptyTsReplacement'],
  refuses: ['rawData'],
  steps: call =>
    statementSteps(updateStatements(call), isOrdered(call), updateIn(call), call.documentsPerStep),
  reply: ({ upserted, writeErrors, n, nModified }) => ({
    n,
    nModified,
    ...(upserted.length > 0 && { upserted }),
    ...(writeErrors.length > 0 && { writeErrors }),
  }),
})

const STATEMENT: Vocabulary = {
  takes: ['q', 'u', 'c', 'upsert', 'multi', 'arrayFilters', 'hint'],
  requires: ['q', 'u'],
  refuses: ['collation', 'sort'],
}

/** The statements of the command. Throws MongoError for one that says too little, too much, or the wrong thing. */
export function updateStatements(call: Call): Document[] {
  const statements = decodedDocuments(call, 'updates')
  for (const statement of statements) checkOptions(STATEMENT, 'update.updates', statement)
  return statements
}

function updateIn(call: Call): Apply<Document> {
  const { store, database, body } = call
  const name = collectionName(call)
  return (statement, tally, part, at) => {
    const { q, upsert: upserts, hint } = statement
    const isMany = isTrue(statement.multi)
    const changes = changesOf(statement, body)
    const collection = store.catalog.find(database, name)
    const spec = { filter: q, let: body.let, hint: hintOf(hint) }
    const { filter, now, rest } = findTargets(store, collection, spec, { isMany, ...part })
    for (const target of now) {
      const position = filter.positionOf(target.raw)
      tally.n++
      if (modify(store, collection!, target, changes, position) !== target.raw) tally.nModified++
    }
    if (now.length === 0 && isTrue(upserts) && !part.rest) {
      const { raw } = upsert(store, collectionFor(store, database, name), q, changes)
      tally.n++
      tally.upserted.push({ index: at, _id: decodeValue(rawField(raw, '_id')!) })
    }
    return { written: now.length + 1, rest }
  }
}

function changesOf({ u, c, arrayFilters, multi }: Document, { let: variables }: Document): Update {
  if (c && !Array.isArray(u))
    throw locationError(51198, 'Constant values may only be specified for pipeline updates')
  const changes = compileUpdate(u, { arrayFilters, let: c || variables ? { ...variables, ...c } : undefined })
  if (isTrue(multi) && changes.isReplacement)
    throw mongoError('FailedToParse', 'multi update is not supported for replacement-style update')
  return changes
}

/** Changes a document and answers it as it is then; the same bytes where nothing changed. */
function modify(
  store: Store,
  collection: Collection,
  target: Stored,
  changes: Update,
  position: number | undefined,
): Uint8Array {
  const after = changes.apply(target.raw, { position, now: new Date() })
  if (after !== target.raw) store.documents.replace(collection, target, after)
  return after
}

/** Inserts the document an upsert makes of its filter and its update. */
export function upsert(store: Store, collection: Collection, filter: Document, changes: Update): Stored {
  const raw = changes.apply(changes.upsertBase(filter), { isInsert: true, now: new Date() })
  return store.documents.insert(collection, raw)
}
