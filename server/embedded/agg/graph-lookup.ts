import { type Document, Long } from 'bson'
import { integerOf, isDocument } from '../bson/document.ts'
import { encodeRaw } from '../bson/key.ts'
import { closeNode, documentValue, openArray } from '../bson/node.ts'
import { type RawValue, rawField } from '../bson/raw.ts'
import { decodeValue, rawOf } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import { withField } from './compute-fields.ts'
import { compileExpression } from './expression.ts'
import { fieldValue } from './field-value.ts'
import type { CompileStage, StageContext } from './stage.ts'

interface Graph {
  readonly from: string
  readonly startWith: unknown
  readonly connectFrom: readonly string[]
  readonly connectTo: string
  readonly as: readonly string[]
  readonly maxDepth: number
  readonly depthField: readonly string[] | undefined
  readonly restriction: Document
}

/** `$graphLookup`: adds all documents reached from a value by following one field to another. */
export const graphLookup: CompileStage = (operand, context) => {
  const graph = parseGraph(operand)
  const startOf = compileExpression(graph.startWith, context.variables)
  return function* (documents) {
    for (const raw of documents) {
      const reached = reachable(valuesOf(startOf({ raw })), graph, context)
      yield withField(raw, graph.as, { type: TYPE.array, items: reached.map(documentValue) })
    }
  }
}

/** Breadth first; every document is taken once, at its least depth. */
function reachable(start: unknown[], graph: Graph, context: StageContext): Uint8Array[] {
  const reached = new Map<string, Uint8Array>()
  let frontier = start
  for (let depth = 0; frontier.length > 0 && depth <= graph.maxDepth; depth++) {
    const next: unknown[] = []
    const filter = { $and: [{ [graph.connectTo]: { $in: frontier } }, graph.restriction] }
    for (const raw of context.lookup(graph.from).find(filter)) {
      const key = encodeRaw(rawField(raw, '_id') ?? rawOf(null)).toString('latin1')
      if (reached.has(key)) continue
      reached.set(
        key,
        graph.depthField ? withField(raw, graph.depthField, rawOf(Long.fromNumber(depth))) : raw,
      )
      next.push(...valuesOf(fieldValue(documentValue(raw), graph.connectFrom)))
    }
    frontier = next
  }
  return [...reached.values()]
}

/** The elements of an array, or the one value; none for a missing one. */
function valuesOf(value: RawValue | undefined): unknown[] {
  if (!value) return []
  if (value.type !== TYPE.array) return [decodeValue(value)]
  return openArray(value).items.map(item => decodeValue(closeNode(item)))
}

function parseGraph(operand: unknown): Graph {
  if (!isDocument(operand))
    throw mongoError('FailedToParse', 'the $graphLookup stage specification must be an object')
  const {
    from,
    startWith,
    connectFromField,
    connectToField,
    as,
    maxDepth,
    depthField,
    restrictSearchWithMatch,
    ...unknown
  } = operand
  const [other] = Object.keys(unknown)
  if (other) throw mongoError('FailedToParse', `Unknown argument to $graphLookup: ${other}`)
  for (const [name, value] of Object.entries({ from, connectFromField, connectToField, as }))
    if (typeof value !== 'string')
      throw mongoError('FailedToParse', `$graphLookup needs a string for '${name}'`)
  const depth = maxDepth === undefined ? undefined : integerOf(maxDepth)
  if (maxDepth !== undefined && (depth === undefined || depth < 0n))
    throw mongoError('FailedToParse', 'maxDepth requires a nonnegative whole number')
  return {
    from,
    startWith,
    connectFrom: connectFromField.split('.'),
    connectTo: connectToField,
    as: as.split('.'),
    maxDepth: depth === undefined ? Number.POSITIVE_INFINITY : Number(depth),
    depthField: depthField?.split('.'),
    restriction: restrictSearchWithMatch ?? {},
  }
}
