import type { Document } from 'bson'
import { integerOf, isDocument, isNumeric } from '../bson/document.ts'
import { rawOf } from '../bson/raw-value.ts'
import { typeName } from '../bson/types.ts'
import { locationError, mongoError } from '../errors.ts'

const WRITE_FIELDS = new Set(['w', 'j', 'fsync', 'wtimeout', 'provenance'])
const READ_FIELDS = new Set(['level', 'afterClusterTime', 'atClusterTime', 'afterOpTime', 'provenance'])
const LEVELS = new Set(['local', 'available', 'majority', 'linearizable', 'snapshot'])

/**
 * Throws MongoError for what one node that is in no replica set cannot promise. Every answered write is on its disk,
 * which is more than any `w` or `j` that is left asks for.
 */
export function checkConcerns({ writeConcern, readConcern }: Document): void {
  if (isDocument(writeConcern)) checkWriteConcern(writeConcern)
  if (isDocument(readConcern)) checkReadConcern(readConcern)
}

function checkWriteConcern(concern: Document): void {
  const unknown = Object.keys(concern).find(field => !WRITE_FIELDS.has(field))
  if (unknown) throw mongoError('FailedToParse', `unrecognized write concern field: ${unknown}`)
  const { w } = concern
  if (w === undefined || w === 'majority') return
  if (typeof w === 'string' || isDocument(w))
    throw mongoError(
      'BadValue',
      `cannot use non-majority 'w' mode ${JSON.stringify(w)} when a host is not a member of a replica set`,
    )
  if (!isNumeric(w))
    throw mongoError(
      'FailedToParse',
      `w has to be a number, string, or object; found: ${typeName(rawOf(w).type)}`,
    )
  const nodes = integerOf(w)
  if (nodes === undefined || nodes < 0n || nodes > 50n)
    throw mongoError(
      'FailedToParse',
      `w has to be a non-negative number and not greater than 50; found: ${w}`,
    )
  if (nodes > 1n) throw mongoError('BadValue', "cannot use 'w' > 1 when a host is not replicated")
}

function checkReadConcern(concern: Document): void {
  const unknown = Object.keys(concern).find(field => !READ_FIELDS.has(field))
  if (unknown) throw locationError(40415, `BSON field 'readConcern.${unknown}' is an unknown field.`)
  const { level = 'local', afterClusterTime, atClusterTime, afterOpTime } = concern
  if (!LEVELS.has(level))
    throw mongoError(
      'BadValue',
      `Enumeration value '${level}' for field 'readConcern.level' is not a valid value.`,
    )
  const needsReplicas =
    level === 'linearizable' || level === 'snapshot' || afterClusterTime || atClusterTime || afterOpTime
  if (needsReplicas)
    throw mongoError('NotAReplicaSet', 'node needs to be a replica set member to use read concern')
}
