import { BSONRegExp, type Document } from 'bson'
import { isDocument, isTruthy } from '../bson/document.ts'
import { mongoError } from '../errors.ts'
import { compileFilter } from './filter.ts'
import { isOperators } from './operand.ts'

const COMPARISONS = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$in', '$type'])

/**
 * Throws code 67 for a filter no partial index may have (manual, "Partial Indexes"), other codes for one that is no
 * filter. What is left looks at fields by themselves, so those decide whether a document belongs in the index.
 */
export function refuseBadPartialFilter(filter: Document): void {
  compileFilter(filter)
  refuseUnsupported(filter)
}

function refuseUnsupported(filter: Document): void {
  for (const [name, condition] of Object.entries(filter)) {
    if (name === '$and' || name === '$or') condition.filter(isDocument).forEach(refuseUnsupported)
    else if (name.startsWith('$')) throw unsupported(name)
    else if (condition instanceof BSONRegExp) throw unsupported(`${name}: $regex`)
    else if (isOperators(condition))
      for (const [operator, operand] of Object.entries(condition)) {
        const isExistence = operator === '$exists' && isTruthy(operand)
        if (!isExistence && !COMPARISONS.has(operator)) throw unsupported(`${name}: ${operator}`)
      }
  }
}

function unsupported(what: string): Error {
  return mongoError('CannotCreateIndex', `Expression not supported in partial index: ${what}`)
}
