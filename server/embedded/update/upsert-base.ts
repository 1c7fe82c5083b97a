import { BSONRegExp, type Document } from 'bson'
import { isDocument } from '../bson/document.ts'
import { documentBytes, openDocument } from '../bson/node.ts'
import { rawOf } from '../bson/raw-value.ts'
import { mongoError } from '../errors.ts'
import { isOperators } from '../query/operand.ts'
import { setAt } from './place.ts'

/** The document an upsert starts from: what the filter says fields are equal to (of `_id` only, if asked). */
export function upsertDocument(filter: Document, onlyId: boolean): Buffer {
  const equalities = new Map<string, unknown>()
  collect(filter, equalities)
  const document = openDocument()
  const paths = [...equalities.keys()].filter(path => !onlyId || path === '_id' || path.startsWith('_id.'))
  for (const path of paths) {
    refuseOverlap(path, paths)
    setAt(document, path.split('.'), rawOf(equalities.get(path)))
  }
  return documentBytes(document)
}

function collect(filter: Document, equalities: Map<string, unknown>): void {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and') for (const branch of condition) collect(branch, equalities)
    else if (name === '$or' && condition.length === 1) collect(condition[0], equalities)
    else if (!name.startsWith('$'))
      for (const value of valuesOf(condition)) addEquality(equalities, name, value)
  }
}

/** The values a condition on one field demands. */
function valuesOf(condition: unknown): unknown[] {
  if (condition instanceof BSONRegExp) return []
  if (!isOperators(condition)) return [condition]
  return Object.entries(condition).flatMap(([operator, operand]) => {
    if (operator === '$eq') return [operand]
    const isSingle = Array.isArray(operand) && operand.length === 1 && !(operand[0] instanceof BSONRegExp)
    return isSingle && (operator === '$in' || (operator === '$all' && !isDocument(operand[0]))) ? operand : []
  })
}

function addEquality(equalities: Map<string, unknown>, path: string, value: unknown): void {
  if (equalities.has(path)) throw matchedTwice(path)
  equalities.set(path, value)
}

function refuseOverlap(path: string, paths: readonly string[]): void {
  const shorter = paths.find(other => path.startsWith(`${other}.`))
  if (shorter) throw matchedTwice(shorter)
}

function matchedTwice(path: string): Error {
  return mongoError(
    'NotSingleValueField',
    `cannot infer query fields to set, path '${path}' is matched twice`,
  )
}
