import type { Document } from 'bson'
import { isDocument } from '../bson/document.ts'
import { closeNode, documentValue, openArray } from '../bson/node.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { locationError, mongoError } from '../errors.ts'
import { withField } from './compute-fields.ts'
import { libraryValue } from './expression.ts'
import { fieldValue } from './field-value.ts'
import type { CompileStage, StageContext } from './stage.ts'

interface Lookup {
  readonly from: string
  readonly as: readonly string[]
  /** Equality of a field here and a field there; without it all documents belong. */
  readonly join: { local: readonly string[]; foreign: string } | undefined
  readonly pipeline: Document[]
  readonly variables: Document
}

/** `$lookup`: adds the documents of another collection that belong to each document, as an array. */
export const lookup: CompileStage = (operand, context) => {
  const spec = parseLookup(operand)
  refuseBadPipeline(spec.pipeline, context)
  const variables = Object.entries(spec.variables).map(
    ([name, expression]) => [name, libraryValue(expression, context.variables)] as const,
  )
  return function* (documents) {
    for (const raw of documents) {
      const own = variables.map(([name, evaluate]) => [name, evaluate({ raw })])
      const found = foreignDocuments(spec, raw, context, { ...context.variables, ...Object.fromEntries(own) })
      yield withField(raw, spec.as, { type: TYPE.array, items: found.map(documentValue) })
    }
  }
}

/** `$unionWith`: the documents of another collection, or of a pipeline over it, behind these. */
export const unionWith: CompileStage = (operand, context) => {
  const { coll, pipeline = [], ...unknown } = isDocument(operand) ? operand : { coll: operand }
  const [other] = Object.keys(unknown)
  if (other) throw locationError(40415, `BSON field '$unionWith.${other}' is an unknown field.`)
  if (typeof coll !== 'string')
    throw mongoError('FailedToParse', 'the $unionWith stage needs the name of a collection')
  refuseBadPipeline(pipeline, context)
  return function* (documents) {
    yield* documents
    yield* piped(coll, {}, pipeline, context, context.variables)
  }
}

/** `$facet`: one document with the results of several pipelines over the same documents. */
export const facet: CompileStage = (operand, context) => {
  if (!isDocument(operand) || Object.keys(operand).length === 0)
    throw mongoError('FailedToParse', 'the $facet specification must be a non-empty object')
  const pipelines = Object.entries(operand)
  for (const [name, pipeline] of pipelines) {
    if (name === '' || name.startsWith('$') || name.includes('.'))
      throw locationError(16410, `a field of $facet is a plain name: '${name}'`)
    refuseBadPipeline(pipeline, context)
    const nested = pipeline.find((stage: Document) => Object.hasOwn(stage, '$facet'))
    if (nested) throw locationError(40600, '$facet is not allowed to be used within a $facet stage')
  }
  return function* (documents) {
    const input = [...documents]
    let result: Uint8Array = EMPTY
    for (const [name, pipeline] of pipelines) {
      const output = [...context.run(pipeline, input, context.variables)]
      result = withField(result, [name], { type: TYPE.array, items: output.map(documentValue) })
    }
    yield result
  }
}

/** Compiles a pipeline before there are documents for it, so that its errors show in any case. */
function refuseBadPipeline(pipeline: unknown, context: StageContext): void {
  if (!Array.isArray(pipeline)) throw mongoError('TypeMismatch', 'an inner pipeline must be an array')
  context.run(pipeline, [], context.variables)
}

const EMPTY = Buffer.of(5, 0, 0, 0, 0)

function parseLookup(operand: unknown): Lookup {
  if (!isDocument(operand)) throw mongoError('FailedToParse', 'the $lookup specification must be an Object')
  const { from, as, localField, foreignField, pipeline, let: variables = {}, ...unknown } = operand
  const [other] = Object.keys(unknown)
  if (other) throw mongoError('FailedToParse', `unknown argument to $lookup: ${other}`)
  if (typeof from !== 'string') throw mongoError('FailedToParse', "must specify 'from' field for a $lookup")
  if (typeof as !== 'string') throw mongoError('FailedToParse', "must specify 'as' field for a $lookup")
  if ((localField === undefined) !== (foreignField === undefined) || (!pipeline && localField === undefined))
    throw mongoError(
      'FailedToParse',
      "$lookup requires both or neither of 'localField' and 'foreignField' to be specified, or a 'pipeline'",
    )
  const join =
    localField === undefined
      ? undefined
      : { local: String(localField).split('.'), foreign: String(foreignField) }
  return { from, as: as.split('.'), join, pipeline: pipeline ?? [], variables }
}

function foreignDocuments(
  { from, join, pipeline }: Lookup,
  raw: Uint8Array,
  context: StageContext,
  variables: StageContext['variables'],
): Uint8Array[] {
  const filter = join ? { [join.foreign]: { $in: joinValues(raw, join.local) } } : {}
  return [...piped(from, filter, pipeline, context, variables)]
}

/** The local values: each element of an array, and null for a missing field. */
function joinValues(raw: Uint8Array, path: readonly string[]): unknown[] {
  const value = fieldValue(documentValue(raw), path)
  if (!value) return [null]
  return value.type === TYPE.array
    ? openArray(value).items.map(item => decodeValue(closeNode(item)))
    : [decodeValue(value)]
}

/** The documents of a collection through a pipeline whose leading `$match` the collection answers itself. */
function piped(
  collection: string,
  filter: Document,
  pipeline: readonly Document[],
  context: StageContext,
  variables: StageContext['variables'],
): Iterable<Uint8Array> {
  const first = pipeline[0]?.$match
  const canPush = isDocument(first) && !usesExpressions(first)
  const pushed = canPush ? { $and: [filter, first] } : filter
  const documents = context.lookup(collection).find(pushed)
  return context.run(canPush ? pipeline.slice(1) : pipeline, documents, variables)
}

function usesExpressions(filter: unknown): boolean {
  if (Array.isArray(filter)) return filter.some(usesExpressions)
  if (!isDocument(filter)) return false
  return Object.entries(filter).some(([name, value]) => name === '$expr' || usesExpressions(value))
}
