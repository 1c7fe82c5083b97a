import type { Document } from 'bson'
import { evaluateVariables, libraryValue } from '../agg/expression.ts'
import { isTruthy } from '../bson/document.ts'
import { readInt32 } from '../bson/raw.ts'
import type { DocumentTest } from './condition.ts'

/** `$expr`: an aggregation expression over the document gives something true. */
export function expressionTest(expression: unknown, variables: Document | undefined): DocumentTest {
  const evaluate = libraryValue(expression, evaluateVariables(variables))
  return (bytes, at) => isTruthy(evaluate({ raw: bytes.subarray(at, at + readInt32(bytes, at)) }))
}
