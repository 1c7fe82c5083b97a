/** BSON element types by number (https://bsonspec.org/spec.html). */
export const TYPE = {
  double: 0x01,
  string: 0x02,
  object: 0x03,
  array: 0x04,
  binData: 0x05,
  undefined: 0x06,
  objectId: 0x07,
  bool: 0x08,
  date: 0x09,
  null: 0x0a,
  regex: 0x0b,
  dbPointer: 0x0c,
  javascript: 0x0d,
  symbol: 0x0e,
  javascriptWithScope: 0x0f,
  int: 0x10,
  timestamp: 0x11,
  long: 0x12,
  decimal: 0x13,
  minKey: 0xff,
  maxKey: 0x7f,
} as const

/**
 * Place of a type in MongoDB's comparison order; types of one class compare by value with each other.
 * Types without a class of their own order by this number before any value is looked at.
 */
export const CLASS = {
  minKey: 1,
  undefined: 2,
  null: 3,
  number: 4,
  string: 5,
  object: 6,
  array: 7,
  binData: 8,
  objectId: 9,
  bool: 10,
  date: 11,
  timestamp: 12,
  regex: 13,
  dbPointer: 14,
  javascript: 15,
  javascriptWithScope: 16,
  maxKey: 254,
} as const

const CLASS_OF_TYPE = new Uint8Array(256)
CLASS_OF_TYPE[TYPE.minKey] = CLASS.minKey
CLASS_OF_TYPE[TYPE.undefined] = CLASS.undefined
CLASS_OF_TYPE[TYPE.null] = CLASS.null
CLASS_OF_TYPE[TYPE.double] = CLASS.number
CLASS_OF_TYPE[TYPE.int] = CLASS.number
CLASS_OF_TYPE[TYPE.long] = CLASS.number
CLASS_OF_TYPE[TYPE.decimal] = CLASS.number
CLASS_OF_TYPE[TYPE.string] = CLASS.string
CLASS_OF_TYPE[TYPE.symbol] = CLASS.string
CLASS_OF_TYPE[TYPE.object] = CLASS.object
CLASS_OF_TYPE[TYPE.array] = CLASS.array
CLASS_OF_TYPE[TYPE.binData] = CLASS.binData
CLASS_OF_TYPE[TYPE.objectId] = CLASS.objectId
CLASS_OF_TYPE[TYPE.bool] = CLASS.bool
CLASS_OF_TYPE[TYPE.date] = CLASS.date
CLASS_OF_TYPE[TYPE.timestamp] = CLASS.timestamp
CLASS_OF_TYPE[TYPE.regex] = CLASS.regex
CLASS_OF_TYPE[TYPE.dbPointer] = CLASS.dbPointer
CLASS_OF_TYPE[TYPE.javascript] = CLASS.javascript
CLASS_OF_TYPE[TYPE.javascriptWithScope] = CLASS.javascriptWithScope
CLASS_OF_TYPE[TYPE.maxKey] = CLASS.maxKey

/** The comparison class of a BSON type, 0 for a type that does not exist. */
export function classOf(type: number): number {
  return CLASS_OF_TYPE[type] ?? 0
}

const NAME_OF_TYPE = new Map<number, string>(Object.entries(TYPE).map(([name, type]) => [type, name]))

/** The name of a BSON type, as `$type` and error messages use it. */
export function typeName(type: number): string {
  return NAME_OF_TYPE.get(type) ?? `0x${type.toString(16)}`
}
