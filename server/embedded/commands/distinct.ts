import { encodeValue } from '../bson/key.ts'
import { type Route, visitPath } from '../bson/path.ts'
import { type RawValue, someElement } from '../bson/raw.ts'
import { decodeValue } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { locationError, mongoError } from '../errors.ts'
import { compileFilter } from '../query/filter.ts'
import { type Command, findCollection } from './command.ts'
import { hintOf } from './find.ts'
import { deadlineOf, readMatches } from './reader.ts'

export const distinct: Command = {
  names: ['distinct'],
  takes: ['key', 'query', 'hint'],
  requires: ['key'],
  refuses: ['collation', 'rawData'],
  async run(call) {
    const { body, store } = call
    if (typeof body.key !== 'string') throw mongoError('TypeMismatch', "'key' must be a string")
    if (body.key === '') throw locationError(40352, 'FieldPath cannot be constructed with empty string')
    const filter = body.query ?? {}
    compileFilter(filter)
    const collection = findCollection(call)
    if (!collection) return { values: [] }
    const values = new Map<string, unknown>()
    const route: Route = {
      path: body.key.split('.'),
      entersLastArray: false,
      visit: value => noteEach(values, value),
    }
    const query = store.query(collection, { filter, hint: hintOf(body.hint), distinct: body.key })
    await readMatches(query, ({ raw }) => !visitPath(raw, 0, route), deadlineOf(body))
    return { values: [...values.values()] }
  },
}

/** Notes a value, or the elements of an array; always answers false, to see the next one. */
function noteEach(values: Map<string, unknown>, value: RawValue | undefined): boolean {
  if (value?.type === TYPE.array) return someElement(value.bytes, value.start, one => note(values, one))
  return value ? note(values, value) : false
}

function note(values: Map<string, unknown>, value: RawValue): boolean {
  const decoded = decodeValue(value)
  const key = encodeValue(decoded, 1).toString('latin1')
  if (!values.has(key)) values.set(key, decoded)
  return false
}
