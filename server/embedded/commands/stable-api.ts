import type { Document } from 'bson'
import { isTruthy } from '../bson/document.ts'
import { mongoError } from '../errors.ts'

/** The commands of version 1 that this store has (manual, "Stable API"). */
const VERSION_1 = new Set(
  (
    'abortTransaction aggregate collMod commitTransaction count create createIndexes delete drop dropDatabase ' +
    'dropIndexes endSessions explain find findAndModify getMore hello insert killCursors listCollections ' +
    'listDatabases listIndexes ping refreshSessions update'
  ).split(' '),
)

/** Throws MongoError where a client asks for an API this is not, or strictly for one the command is not part of. */
export function checkApiVersion(name: string, { apiVersion, apiStrict }: Document): void {
  if (apiVersion === undefined && apiStrict === undefined) return
  if (apiVersion === undefined)
    throw mongoError('InvalidOptions', 'Provided apiStrict without passing apiVersion')
  if (apiVersion !== '1') throw mongoError('APIVersionError', `API version must be "1", not ${apiVersion}`)
  if (isTruthy(apiStrict) && !VERSION_1.has(name))
    throw mongoError('APIStrictError', `Provided apiStrict:true, but ${name} is not in API Version 1`)
}
