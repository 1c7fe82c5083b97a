import type { Document } from 'bson'
import { isDocument } from '../bson/document.ts'
import { mongoError } from '../errors.ts'
import type { DocumentTest, ValueTest } from './condition.ts'
import { expressionTest } from './expression-test.ts'
import { elementTest, fieldTest } from './field-test.ts'
import { atPath, every } from './path-test.ts'

/** Where a filter stands, and what its expressions may refer to. */
interface FilterContext {
  /** Variables for `$expr`. */
  let?: Document
  /** The filter stands inside `$elemMatch`, where `$expr` is not allowed. */
  nested?: boolean
}

type Compile = (operand: unknown, context: FilterContext) => DocumentTest | undefined

const TOP_LEVEL: Readonly<Record<string, Compile>> = {
  $and: (operand, context) => every(branches('$and', operand, context)),
  $or: (operand, context) => any(branches('$or', operand, context)),
  $nor: (operand, context) => not(any(branches('$nor', operand, context))),
  $expr: (operand, context) => expressionOf(operand, context),
  $comment: () => undefined,
}

/** Operators MongoDB has and this store does not. */
const UNSUPPORTED = new Set(['$where', '$text', '$jsonSchema', '$sampleRate'])

/** Compiles a filter document: all its conditions hold. */
export function documentTest(filter: Document, context: FilterContext): DocumentTest {
  const tests: DocumentTest[] = []
  for (const name in filter) {
    const test = name.startsWith('$')
      ? topLevel(name, filter[name], context)
      : atPath(name, fieldTest(name, filter[name], nestedTest))
    if (test) tests.push(test)
  }
  return every(tests)
}

/** Compiles a condition on the elements of the array at `path`. */
export function elementCondition(path: string, condition: Document): ValueTest {
  return elementTest(path, condition, nestedTest)
}

function nestedTest(filter: Document): DocumentTest {
  return documentTest(filter, { nested: true })
}

function topLevel(operator: string, operand: unknown, context: FilterContext): DocumentTest | undefined {
  const compile = Object.hasOwn(TOP_LEVEL, operator) ? TOP_LEVEL[operator] : undefined
  if (compile) return compile(operand, context)
  throw mongoError(
    'BadValue',
    UNSUPPORTED.has(operator)
      ? `${operator} is not supported by the embedded store`
      : `unknown top level operator: ${operator}`,
  )
}

function branches(operator: string, operand: unknown, context: FilterContext): DocumentTest[] {
  if (!Array.isArray(operand)) throw mongoError('BadValue', `${operator} must be an array`)
  if (operand.length === 0) throw mongoError('BadValue', '$and/$or/$nor must be a nonempty array')
  return operand.map(branch => {
    if (!isDocument(branch)) throw mongoError('BadValue', '$or/$and/$nor entries need to be full objects')
    return documentTest(branch, context)
  })
}

function any(tests: DocumentTest[]): DocumentTest {
  return (bytes, at, details) => {
    for (const test of tests) if (test(bytes, at, details)) return true
    return false
  }
}

function not(test: DocumentTest): DocumentTest {
  return (bytes, at) => !test(bytes, at)
}

function expressionOf(expression: unknown, context: FilterContext): DocumentTest {
  if (context.nested) throw mongoError('BadValue', '$expr can only be applied to the top-level document')
  return expressionTest(expression, context.let)
}
