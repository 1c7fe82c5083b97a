import type { Document } from 'bson'
import { evalExpr } from 'mingo/core'
import { isDocument } from '../bson/document.ts'
import { closeNode, documentValue, openDocument, setChild } from '../bson/node.ts'
import { rawOf } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { locationError, mongoError } from '../errors.ts'
import { fieldValue } from './field-value.ts'
import { LIST_OPERATORS } from './list-operators.ts'
import { LOGIC_OPERATORS } from './logic-operators.ts'
import { isKnownExpression, MINGO_OPTIONS, refusingClearly } from './mingo-context.ts'
import { NUMBER_OPERATORS } from './number-operators.ts'
import { type CompileOperator, type Expression, NULL } from './operands.ts'
import { toLibrary } from './plain.ts'
import { plainOf, type Row } from './row.ts'

/** Values of `$$name`, as plain values. */
export type Variables = Readonly<Record<string, unknown>>

export type { Expression }

/**
 * Compiles an aggregation expression. Fields, constants, documents of these and the operators that calculate, compare,
 * choose, and put lists and documents together keep exact BSON types; all other operators are evaluated by the expression library on plain values.
 */
export function compileExpression(expression: unknown, variables: Variables): Expression {
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression, variables)
  if (isOperator(expression)) return compileOperator(expression, variables)
  if (Array.isArray(expression)) return compileList(expression, variables)
  if (isDocument(expression)) return compileDocument(expression, variables)
  const constant = rawOf(expression)
  return () => constant
}

/** The plain values of a command's `let`, which are expressions without a document. */
export function evaluateVariables(variables: Document | undefined): Variables {
  const values: Record<string, unknown> = {}
  for (const [name, expression] of Object.entries(variables ?? {}))
    values[name] = libraryValue(expression, {})({ raw: EMPTY })
  return values
}

/** The same values as expressions that give them. */
export function literalVariables(variables: Variables): Document {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { $literal: value }]))
}

/** Compiles an expression whose value is wanted as a plain one. */
export function libraryValue(expression: unknown, variables: Variables): (row: Row) => unknown {
  refuseUnknownOperators(expression)
  const plain = toLibrary(expression)
  const options = { ...MINGO_OPTIONS, variables }
  return row => refusingClearly(() => evalExpr(plainOf(row), plain, options))
}

const EMPTY = Buffer.of(5, 0, 0, 0, 0)

/** Operators that work on values as they are; the library has only plain ones. */
const EXACT: Readonly<Record<string, CompileOperator>> = {
  ...NUMBER_OPERATORS,
  ...LOGIC_OPERATORS,
  ...LIST_OPERATORS,
}

function compileOperator(expression: Document, variables: Variables): Expression {
  const [name, ...others] = Object.keys(expression)
  if (others.length > 0)
    throw locationError(
      15983,
      `An object representing an expression must have exactly one field: ${name}, ${others}`,
    )
  const compile = Object.hasOwn(EXACT, name!) ? EXACT[name!] : undefined
  if (!compile) return compileByLibrary(expression, variables)
  return compile(expression[name!], operand => compileExpression(operand, variables))
}

function compilePath(expression: string, variables: Variables): Expression {
  const isVariable = expression.startsWith('$$')
  const path = expression.slice(isVariable ? 2 : 1).split('.')
  const [first, ...rest] = path
  if (!isVariable) return row => fieldValue(documentValue(row.raw), path)
  if (first === 'ROOT' || first === 'CURRENT') return row => fieldValue(documentValue(row.raw), rest)
  if (first === 'REMOVE') return () => undefined
  return compileByLibrary(expression, variables)
}

function compileByLibrary(expression: unknown, variables: Variables): Expression {
  const evaluate = libraryValue(expression, variables)
  return row => {
    const value = evaluate(row)
    return value === undefined ? undefined : rawOf(value)
  }
}

/** In a list, what is missing is null. */
function compileList(expression: readonly unknown[], variables: Variables): Expression {
  const items = expression.map(item => compileExpression(item, variables))
  return row => closeNode({ type: TYPE.array, items: items.map(evaluate => evaluate(row) ?? NULL) })
}

function compileDocument(expression: Document, variables: Variables): Expression {
  const fields = Object.entries(expression).map(
    ([name, value]) => [name, compileExpression(value, variables)] as const,
  )
  return row => {
    const document = openDocument()
    for (const [name, evaluate] of fields) {
      const value = evaluate(row)
      if (value) setChild(document, name, value)
    }
    return closeNode(document)
  }
}

function isOperator(expression: unknown): expression is Document {
  return isDocument(expression) && (Object.keys(expression)[0]?.startsWith('$') ?? false)
}

/** Throws code 168 before any document is looked at; what stands under `$literal` is no expression. */
function refuseUnknownOperators(expression: unknown): void {
  if (Array.isArray(expression)) expression.forEach(refuseUnknownOperators)
  if (!isDocument(expression)) return
  for (const [name, operand] of Object.entries(expression)) {
    if (name.startsWith('$') && !isKnownExpression(name))
      throw mongoError('InvalidPipelineOperator', `Unrecognized expression '${name}'`)
    if (name !== '$literal') refuseUnknownOperators(operand)
  }
}
