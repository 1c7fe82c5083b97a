import { computeValue } from 'mingo/core'
import { rawOf } from '../bson/raw-value.ts'
import { locationError } from '../errors.ts'
import type { Variables } from './expression.ts'
import type { RowAccumulator } from './group.ts'
import { isKnownAccumulator, MINGO_OPTIONS, refusingClearly } from './mingo-context.ts'
import { toLibrary } from './plain.ts'
import { plainOf } from './row.ts'

/** An accumulator of the expression library: it is given all documents of a group at the end. */
export function libraryAccumulator(
  operator: string,
  operand: unknown,
  variables: Variables,
): () => RowAccumulator {
  if (!isKnownAccumulator(operator)) throw locationError(15952, `unknown group operator '${operator}'`)
  const plain = toLibrary(operand)
  const options = { ...MINGO_OPTIONS, variables }
  return () => {
    const documents: Record<string, unknown>[] = []
    return {
      add: row => documents.push(plainOf(row)),
      result: () => rawOf(refusingClearly(() => computeValue(documents, plain, operator, options))),
    }
  }
}
