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
 * Places in MongoDB's comparison order. Types of one class compare by value, types of different classes by place;
 * a place is also the first byte of a key, and so lies between 1 and 254.
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

const CLASS_BY_NAME: Readonly<Record<string, number>> = {
  ...CLASS,
  double: CLASS.number,
  int: CLASS.number,
  long: CLASS.number,
  decimal: CLASS.number,
  symbol: CLASS.string,
}

const CLASS_OF_TYPE = new Uint8Array(256)
for (const [name, type] of Object.entries(TYPE)) CLASS_OF_TYPE[type] = CLASS_BY_NAME[name]!

/** The comparison class of a BSON type, 0 for a type that does not exist. */
export function classOf(type: number): number {
  return CLASS_OF_TYPE[type] ?? 0
}

const NAME_OF_TYPE = new Map<number, string>(Object.entries(TYPE).map(([name, type]) => [type, name]))

/** The name of a BSON type, as `$type` and error messages use it. */
export function typeName(type: number): string {
  return NAME_OF_TYPE.get(type) ?? `0x${type.toString(16)}`
}
