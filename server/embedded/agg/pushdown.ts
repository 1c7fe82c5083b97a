import type { Document } from 'bson'
import { integerOf, isDocument } from '../bson/document.ts'

/** The leading stages that a store can answer itself, in this order, and the stages that remain. */
interface Pushdown {
  filter?: Document
  sort?: Document
  skip?: number
  limit?: number
  rest: Document[]
}

/** Splits `$match`…, `$sort`, `$skip` and `$limit` off the beginning of a pipeline; malformed ones remain. */
export function splitPushdown(pipeline: readonly Document[]): Pushdown {
  const rest = [...pipeline]
  const filters = takeWhile(rest, '$match', isDocument)
  const [sort] = takeWhile(rest, '$sort', isSort, 1)
  const [skip] = takeWhile(rest, '$skip', isCount(0), 1)
  const [limit] = takeWhile(rest, '$limit', isCount(1), 1)
  return {
    ...(filters.length > 0 && { filter: filters.length === 1 ? filters[0]! : { $and: filters } }),
    ...(sort && { sort }),
    ...(skip !== undefined && { skip: Number(integerOf(skip)) }),
    ...(limit !== undefined && { limit: Number(integerOf(limit)) }),
    rest,
  }
}

function takeWhile<T>(
  stages: Document[],
  name: string,
  isFit: (operand: unknown) => operand is T,
  atMost = Number.POSITIVE_INFINITY,
): T[] {
  const taken: T[] = []
  while (taken.length < atMost && stages.length > 0) {
    const stage = stages[0]!
    const operand: unknown = stage[name]
    if (Object.keys(stage).length !== 1 || !isFit(operand)) break
    taken.push(operand)
    stages.shift()
  }
  return taken
}

function isSort(operand: unknown): operand is Document {
  return isDocument(operand) && Object.keys(operand).length > 0
}

function isCount(least: number): (operand: unknown) => operand is number {
  return (operand): operand is number => {
    const count = integerOf(operand)
    return count !== undefined && count >= BigInt(least)
  }
}
