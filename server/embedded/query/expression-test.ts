import type { Document } from 'bson'
import { compileExpression, evaluateVariables } from '../agg/expression.ts'
import { isTrueValue } from '../agg/operands.ts'
import { readInt32 } from '../bson/raw.ts'
import type { DocumentTest } from './condition.ts'

/** `$expr`: an aggregation expression over the document gives something true. */
export function expressionTest(expression: unknown, variables: Document | undefined): DocumentTest {
  const evaluate = compileExpression(expression, evaluateVariables(variables))
  return (bytes, at) => isTrueValue(evaluate({ raw: bytes.subarray(at, at + readInt32(bytes, at)) }))
}
