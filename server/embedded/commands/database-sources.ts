import { createHash } from 'node:crypto'
import { Binary, type Document } from 'bson'
import { compileExpression, evaluateVariables } from '../agg/expression.ts'
import { encode } from '../bson/codec.ts'
import { isDocument } from '../bson/document.ts'
import { closeNode, openArray } from '../bson/node.ts'
import { TYPE } from '../bson/types.ts'
import { locationError, mongoError } from '../errors.ts'
import type { Call } from './command.ts'

type Source = (operand: unknown, call: Call) => Uint8Array[]

/** The stages a pipeline on a database, rather than on a collection, may begin with. */
const SOURCES: Readonly<Record<string, Source>> = {
  $documents(operand, { body }) {
    const list = compileExpression(operand, evaluateVariables(body.let))({ raw: EMPTY })
    if (list?.type !== TYPE.array)
      throw locationError(5858203, 'an array is expected of the expression of $documents')
    return openArray(list).items.map(item => {
      if (item.type !== TYPE.object)
        throw locationError(40228, '$documents takes documents, and nothing else')
      const { bytes, start, end } = closeNode(item)
      return bytes.subarray(start, end)
    })
  },

  /** Sessions are not kept; the one that asks is known to be there. */
  $listLocalSessions(operand, { body }) {
    if (!isDocument(operand) || Object.keys(operand).length > 0)
      throw mongoError(
        'NotImplemented',
        '$listLocalSessions: options are not supported by the embedded store',
      )
    return body.lsid ? [encode({ _id: { ...body.lsid, uid: NOBODY }, lastUse: new Date() })] : []
  },
}

const EMPTY = Buffer.of(5, 0, 0, 0, 0)

/** What stands for the user of a session where there are none: the digest of nothing, as in MongoDB. */
const NOBODY = new Binary(createHash('sha256').update('').digest())

/** The documents a pipeline on a database begins with. Throws MongoError where its first stage needs a collection. */
export function databaseSource(call: Call, pipeline: readonly Document[]): Uint8Array[] {
  const [name = '', operand] = Object.entries(pipeline[0] ?? {})[0] ?? []
  const source = Object.hasOwn(SOURCES, name) ? SOURCES[name] : undefined
  if (source) return source(operand, call)
  throw mongoError(
    'InvalidNamespace',
    `{aggregate: 1} is not valid for '${name}'; a collection is required, or ${Object.keys(SOURCES).join(' or ')}`,
  )
}
