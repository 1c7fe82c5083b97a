import type { Document } from 'bson'
import { MAX_DOCUMENT_BYTES } from '../bson/codec.ts'
import { equalRaw } from '../bson/compare.ts'
import { rawField } from '../bson/raw.ts'
import { locationError, mongoError } from '../errors.ts'
import { compileOperators } from './operator-update.ts'
import { compilePipelineUpdate } from './pipeline-update.ts'
import { compileReplacement } from './replacement.ts'
import { upsertDocument } from './upsert-base.ts'

export interface UpdateOptions {
  arrayFilters?: Document[]
  /** Variables for a pipeline. */
  let?: Document
}

export interface UpdateContext {
  /** Index of the array element the filter matched, for the positional `$`. */
  position?: number
  /** The document is being inserted by an upsert: `$setOnInsert` applies. */
  isInsert?: boolean
  now: Date
}

/** A compiled update. */
export interface Update {
  /** The whole document is replaced. */
  readonly isReplacement: boolean
  /** The document after the update; the same reference where nothing changed. */
  apply(raw: Uint8Array, context: UpdateContext): Uint8Array
  /** The document an upsert starts from: the equalities of the filter. */
  upsertBase(filter: Document): Buffer
}

/** Compiles an update (operators, replacement, or pipeline); throws MongoError for what MongoDB refuses. */
export function compileUpdate(update: Document | Document[], options: UpdateOptions = {}): Update {
  const isReplacement = !Array.isArray(update) && !firstName(update)?.startsWith('$')
  const change = compileChange(update, isReplacement, options)
  return {
    isReplacement,
    apply(raw, context) {
      const updated = change(raw, context)
      if (updated !== raw) refuseBadResult(raw, updated)
      return updated
    },
    upsertBase(filter) {
      return upsertDocument(filter, isReplacement)
    },
  }
}

type Change = (raw: Uint8Array, context: UpdateContext) => Uint8Array

function compileChange(
  update: Document | Document[],
  isReplacement: boolean,
  options: UpdateOptions,
): Change {
  const { arrayFilters = [] } = options
  if (Array.isArray(update) || isReplacement) {
    if (arrayFilters.length > 0)
      throw mongoError('FailedToParse', 'Cannot specify arrayFilters with a replacement or pipeline update')
    return Array.isArray(update) ? compilePipelineUpdate(update, options.let) : compileReplacement(update)
  }
  const apply = compileOperators(update, arrayFilters)
  return (raw, { now, position, isInsert = false }) => apply(raw, { raw, now, position, isInsert })
}

function refuseBadResult(before: Uint8Array, after: Uint8Array): void {
  if (after.length > MAX_DOCUMENT_BYTES)
    throw locationError(17419, `Resulting document after update is larger than ${MAX_DOCUMENT_BYTES}`)
  const id = rawField(before, '_id')
  const newId = rawField(after, '_id')
  if (id && !(newId && equalRaw(id, newId)))
    throw mongoError(
      'ImmutableField',
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    )
}

function firstName(document: Document): string | undefined {
  for (const name in document) return name
  return undefined
}
