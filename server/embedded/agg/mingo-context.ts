import { Context, ProcessingMode } from 'mingo/core'
import * as accumulator from 'mingo/operators/accumulator'
import * as expression from 'mingo/operators/expression'
import * as pipeline from 'mingo/operators/pipeline'
import * as projection from 'mingo/operators/projection'
import * as query from 'mingo/operators/query'
import * as window from 'mingo/operators/window'
import type { Options } from 'mingo/types'
import { isDocument } from '../bson/document.ts'
import { MongoError, mongoError } from '../errors.ts'
import { CORRECTED_EXPRESSIONS } from './corrected-expressions.ts'

/** Operators that run scripts of the client; the others may be used. */
const SCRIPTS = new Set(['$function', '$accumulator'])

/** Options for every call into the expression library (mingo): its operators, corrected where MongoDB differs. */
export const MINGO_OPTIONS: Options = {
  idKey: '_id',
  useStrictMode: true,
  failOnError: true,
  scriptEnabled: false,
  processingMode: ProcessingMode.CLONE_OFF,
  context: Context.init({
    accumulator,
    expression: { ...expression, ...CORRECTED_EXPRESSIONS },
    pipeline,
    projection,
    query,
    window,
  }),
}

/** Whether an expression may use the operator; accumulators stand in expressions as well. */
export function isKnownExpression(name: string): boolean {
  if (SCRIPTS.has(name)) return false
  return Object.hasOwn(CORRECTED_EXPRESSIONS, name) || name in expression || name in accumulator
}

/** Whether the library has the accumulator. */
export function isKnownAccumulator(name: string): boolean {
  return !SCRIPTS.has(name) && name in accumulator
}

/** Throws where a client's own script stands anywhere in a value. */
export function refuseScripts(value: unknown): void {
  if (Array.isArray(value)) value.forEach(refuseScripts)
  if (!isDocument(value)) return
  for (const [name, item] of Object.entries(value)) {
    if (SCRIPTS.has(name)) throw mongoError('InvalidPipelineOperator', `Unrecognized expression '${name}'`)
    refuseScripts(item)
  }
}

/** Turns an error of the library into one a client understands. */
export function refusingClearly<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof MongoError || !(error instanceof Error)) throw error
    throw mongoError('BadValue', error.message)
  }
}
