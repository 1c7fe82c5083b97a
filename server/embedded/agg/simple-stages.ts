import { encode } from '../bson/codec.ts'
import { integerOf, isDocument } from '../bson/document.ts'
import { TYPE } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import { compileFilter } from '../query/filter.ts'
import { sortDocuments, sortFields } from '../query/sort.ts'
import { compileExpression, literalVariables } from './expression.ts'
import { compileGroup } from './group.ts'
import type { CompileStage, Stage } from './stage.ts'

/** `$match` */
export const match: CompileStage = (operand, { variables }) => {
  if (!isDocument(operand)) throw locationError(15959, 'the match filter must be an expression in an object')
  const { matches } = compileFilter(operand, { let: literalVariables(variables) })
  return function* (documents) {
    for (const raw of documents) if (matches(raw)) yield raw
  }
}

/** `$sort` */
export const sort: CompileStage = operand => {
  if (!isDocument(operand)) throw locationError(15973, 'the $sort key specification must be an object')
  if (sortFields(operand).length === 0)
    throw locationError(15976, '$sort stage must have at least one sort key')
  return documents => sortDocuments(documents, operand)
}

/** `$limit` */
export const limit: CompileStage = operand => {
  const count = wholeNumber(15957, '$limit', operand)
  if (count < 1) throw locationError(15958, 'the limit must be positive')
  return function* (documents) {
    let left = count
    for (const raw of documents) {
      yield raw
      if (--left === 0) return
    }
  }
}

/** `$skip` */
export const skip: CompileStage = operand => {
  const count = wholeNumber(15972, '$skip', operand)
  if (count < 0) throw locationError(15956, 'Argument to $skip cannot be negative')
  return function* (documents) {
    let left = count
    for (const raw of documents) if (--left < 0) yield raw
  }
}

/** `$count`: one document with the number, none where there was nothing to count. */
export const count: CompileStage = operand => {
  if (typeof operand !== 'string' || operand === '' || operand.startsWith('$') || operand.includes('.'))
    throw locationError(
      40156,
      'the count field must be a non-empty string without $ at its start and without dots',
    )
  return function* (documents) {
    let number = 0
    for (const _raw of documents) number++
    if (number > 0) yield encode({ [operand]: number })
  }
}

/** `$group` */
export const group: CompileStage = (operand, { variables }) => compileGroup(operand, variables)

/** `$sortByCount` */
export const sortByCount: CompileStage = (operand, context) => {
  const grouped = compileGroup({ _id: operand, count: { $sum: 1 } }, context.variables)
  return documents => sortDocuments(grouped(documents), { count: -1 })
}

/** `$replaceRoot` */
export const replaceRoot: CompileStage = (operand, context) => {
  if (!isDocument(operand) || !Object.hasOwn(operand, 'newRoot'))
    throw locationError(40231, 'no newRoot specified for the $replaceRoot stage')
  return replaceWith(operand.newRoot, context)
}

/** `$replaceWith` */
export const replaceWith: CompileStage = (operand, { variables }): Stage => {
  const rootOf = compileExpression(operand, variables)
  return function* (documents) {
    for (const raw of documents) {
      const root = rootOf({ raw })
      if (root?.type !== TYPE.object)
        throw locationError(40228, "'newRoot' expression must evaluate to an object")
      yield root.bytes.subarray(root.start, root.end)
    }
  }
}

/** `$sample`: so many documents, drawn at random. */
export const sample: CompileStage = operand => {
  if (!isDocument(operand)) throw locationError(28745, 'the $sample stage specification must be an object')
  const size = wholeNumber(28746, '$sample size', operand.size)
  return documents => {
    const drawn = [...documents]
    for (let i = 0; i < Math.min(size, drawn.length); i++) {
      const other = i + Math.floor(Math.random() * (drawn.length - i))
      ;[drawn[i], drawn[other]] = [drawn[other]!, drawn[i]!]
    }
    return drawn.slice(0, size)
  }
}

function wholeNumber(code: number, name: string, operand: unknown): number {
  const number = integerOf(operand)
  if (number === undefined)
    throw locationError(code, `invalid argument to ${name} stage: Expected an integer: ${operand}`)
  return Number(number)
}
