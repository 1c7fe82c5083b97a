import { Decimal128, type Document, Double, Int32, Long, Timestamp } from 'bson'
import { describe, expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { compiled, NOW, stored, updated } from './updating.ts'

type Case = [name: string, update: Document, before: Document, after: Document]

const long = (text: string) => Long.fromString(text)
const decimal = (text: string) => Decimal128.fromString(text)
const MAX_INT = new Int32(2 ** 31 - 1)

/** Also checks that an update which changes nothing gives back the very same bytes. */
function check([, update, before, after]: Case): void {
  const result = updated(update, before)
  expect(result).toEqual(stored(after))
  expect(Object.keys(result)).toEqual(Object.keys(stored(after)))
  const raw = encode(before)
  const bytes = compiled(update).apply(raw, { now: NOW })
  expect(bytes === raw).toBe(encode(after).equals(raw))
}

describe('$set', () => {
  it.each<Case>([
    ['changes a field in its place', { $set: { a: 2 } }, { a: 1, b: 1 }, { a: 2, b: 1 }],
    ['adds a field at the end', { $set: { c: 2 } }, { a: 1, b: 1 }, { a: 1, b: 1, c: 2 }],
    ['adds fields by name, not as written', { $set: { d: 1, c: 2 } }, { a: 1 }, { a: 1, c: 2, d: 1 }],
    ['changes nothing where the value is the same', { $set: { a: 1 } }, { a: 1 }, { a: 1 }],
    ['changes the type of an equal number', { $set: { a: new Double(1) } }, { a: 1 }, { a: new Double(1) }],
    ['goes into documents', { $set: { 'a.b': 2 } }, { a: { b: 1, c: 1 } }, { a: { b: 2, c: 1 } }],
    ['makes documents on the way', { $set: { 'a.b.c': 1 } }, {}, { a: { b: { c: 1 } } }],
    ['makes one document for two paths', { $set: { 'a.b': 1, 'a.c': 2 } }, {}, { a: { b: 1, c: 2 } }],
    ['goes into arrays by index', { $set: { 'a.1': 9 } }, { a: [1, 2, 3] }, { a: [1, 9, 3] }],
    [
      'goes into documents of arrays',
      { $set: { 'a.1.b': 9 } },
      { a: [{ b: 1 }, { b: 2 }] },
      { a: [{ b: 1 }, { b: 9 }] },
    ],
    ['fills an array up with nulls', { $set: { 'a.3': 9 } }, { a: [1] }, { a: [1, null, null, 9] }],
    ['takes a number for a name where nothing is yet', { $set: { 'a.0': 9 } }, {}, { a: { 0: 9 } }],
    ['sets what the names are of', { $set: { a: { 'x.y': 1 } } }, {}, { a: { 'x.y': 1 } }],
    ['of nothing changes nothing', { $set: {} }, { a: 1 }, { a: 1 }],
  ])('%s', (...test) => check(test))
})

describe('$unset', () => {
  it.each<Case>([
    ['removes a field', { $unset: { a: '' } }, { a: 1, b: 1 }, { b: 1 }],
    ['removes inside a document', { $unset: { 'a.b': '' } }, { a: { b: 1 } }, { a: {} }],
    ['makes an element null', { $unset: { 'a.0': '' } }, { a: [1, 2] }, { a: [null, 2] }],
    ['of a missing field changes nothing', { $unset: { b: '' } }, { a: 1 }, { a: 1 }],
    ['behind a scalar changes nothing', { $unset: { 'a.b': '' } }, { a: 1 }, { a: 1 }],
  ])('%s', (...test) => check(test))
})

describe('$inc', () => {
  it.each<Case>([
    ['adds', { $inc: { a: 2 } }, { a: 1 }, { a: 3 }],
    ['subtracts', { $inc: { a: -2 } }, { a: 1 }, { a: -1 }],
    ['sets a missing field', { $inc: { a: 2 } }, {}, { a: 2 }],
    ['goes into documents', { $inc: { 'a.b': 1 } }, { a: { b: 1 } }, { a: { b: 2 } }],
    ['by zero changes nothing', { $inc: { a: 0 } }, { a: 1 }, { a: 1 }],
    [
      'turns an int that overflows into a long',
      { $inc: { a: 1 } },
      { a: MAX_INT },
      { a: long('2147483648') },
    ],
    ['keeps a long', { $inc: { a: 1 } }, { a: long('1') }, { a: long('2') }],
    ['makes a double of an int', { $inc: { a: 0.5 } }, { a: 1 }, { a: 1.5 }],
    ['makes a decimal of an int', { $inc: { a: decimal('0.1') } }, { a: 1 }, { a: decimal('1.1') }],
  ])('%s', (...test) => check(test))
})

describe('$mul', () => {
  it.each<Case>([
    ['multiplies', { $mul: { a: 3 } }, { a: 2 }, { a: 6 }],
    ['makes a missing field zero of its type', { $mul: { a: long('3') } }, {}, { a: long('0') }],
    ['by one changes nothing', { $mul: { a: 1 } }, { a: 2 }, { a: 2 }],
    [
      'turns an int that overflows into a long',
      { $mul: { a: 2 } },
      { a: MAX_INT },
      { a: long('4294967294') },
    ],
  ])('%s', (...test) => check(test))
})

describe('$min and $max', () => {
  it.each<Case>([
    ['$min takes what is less', { $min: { a: 1 } }, { a: 2 }, { a: 1 }],
    ['$min leaves what is equal', { $min: { a: new Double(2) } }, { a: 2 }, { a: 2 }],
    ['$min leaves what is less already', { $min: { a: 3 } }, { a: 2 }, { a: 2 }],
    ['$max takes what is more', { $max: { a: 3 } }, { a: 2 }, { a: 3 }],
    ['$max leaves what is more already', { $max: { a: 1 } }, { a: 2 }, { a: 2 }],
    ['$max sets a missing field', { $max: { a: 1 } }, {}, { a: 1 }],
    ['$max compares across types', { $max: { a: 'x' } }, { a: 2 }, { a: 'x' }],
    ['$min compares across types', { $min: { a: 'x' } }, { a: 2 }, { a: 2 }],
    ['$max compares dates', { $max: { a: new Date(2) } }, { a: new Date(1) }, { a: new Date(2) }],
  ])('%s', (...test) => check(test))
})

describe('$currentDate', () => {
  it.each<Case>([
    ['sets the time', { $currentDate: { a: true } }, {}, { a: NOW }],
    ['sets a date', { $currentDate: { a: { $type: 'date' } } }, { a: 1 }, { a: NOW }],
    [
      'sets a timestamp',
      { $currentDate: { a: { $type: 'timestamp' } } },
      {},
      { a: new Timestamp({ t: Math.floor(NOW.getTime() / 1000), i: 1 }) },
    ],
  ])('%s', (...test) => check(test))
})

describe('$rename', () => {
  it.each<Case>([
    ['moves a field to the end', { $rename: { a: 'c' } }, { a: 1, b: 2 }, { b: 2, c: 1 }],
    ['replaces the field of the new name', { $rename: { a: 'b' } }, { a: 1, b: 2 }, { b: 1 }],
    ['moves into documents', { $rename: { a: 'b.c' } }, { a: 1 }, { b: { c: 1 } }],
    ['of a missing field changes nothing', { $rename: { x: 'y' } }, { a: 1, y: 2 }, { a: 1, y: 2 }],
  ])('%s', (...test) => check(test))
})

describe('$bit', () => {
  it.each<Case>([
    ['and', { $bit: { a: { and: new Int32(0b110) } } }, { a: 0b011 }, { a: 0b010 }],
    ['or', { $bit: { a: { or: new Int32(0b110) } } }, { a: 0b011 }, { a: 0b111 }],
    ['xor', { $bit: { a: { xor: new Int32(0b110) } } }, { a: 0b011 }, { a: 0b101 }],
    ['with a long', { $bit: { a: { or: long('4294967296') } } }, { a: 1 }, { a: long('4294967297') }],
    ['of a missing field starts at zero', { $bit: { a: { or: new Int32(5) } } }, {}, { a: 5 }],
    ['that changes nothing', { $bit: { a: { or: new Int32(1) } } }, { a: 1 }, { a: 1 }],
  ])('%s', (...test) => check(test))
})

describe('$push', () => {
  it.each<Case>([
    ['appends', { $push: { a: 3 } }, { a: [1, 2] }, { a: [1, 2, 3] }],
    ['makes an array', { $push: { a: 1 } }, {}, { a: [1] }],
    ['appends an array as one element', { $push: { a: [3] } }, { a: [1] }, { a: [1, [3]] }],
    ['appends a document', { $push: { a: { b: 1 } } }, { a: [] }, { a: [{ b: 1 }] }],
    ['appends each', { $push: { a: { $each: [3, 4] } } }, { a: [1] }, { a: [1, 3, 4] }],
    ['each of nothing changes nothing', { $push: { a: { $each: [] } } }, { a: [1] }, { a: [1] }],
    ['each of nothing makes an array', { $push: { a: { $each: [] } } }, {}, { a: [] }],
    [
      'inserts at a position',
      { $push: { a: { $each: [9], $position: 1 } } },
      { a: [1, 2] },
      { a: [1, 9, 2] },
    ],
    [
      'inserts before the end',
      { $push: { a: { $each: [9], $position: -1 } } },
      { a: [1, 2] },
      { a: [1, 9, 2] },
    ],
    [
      'inserts at the end where the position is beyond',
      { $push: { a: { $each: [9], $position: 7 } } },
      { a: [1] },
      { a: [1, 9] },
    ],
    ['keeps the first', { $push: { a: { $each: [3], $slice: 2 } } }, { a: [1, 2] }, { a: [1, 2] }],
    ['keeps the last', { $push: { a: { $each: [3], $slice: -2 } } }, { a: [1, 2] }, { a: [2, 3] }],
    ['keeps none', { $push: { a: { $each: [3], $slice: 0 } } }, { a: [1, 2] }, { a: [] }],
    ['sorts', { $push: { a: { $each: [2], $sort: 1 } } }, { a: [3, 1] }, { a: [1, 2, 3] }],
    [
      'sorts by a field',
      { $push: { a: { $each: [{ b: 2 }], $sort: { b: -1 } } } },
      { a: [{ b: 1 }, { b: 3 }] },
      { a: [{ b: 3 }, { b: 2 }, { b: 1 }] },
    ],
    [
      'sorts before it slices',
      { $push: { a: { $each: [0], $sort: 1, $slice: 2 } } },
      { a: [3, 1] },
      { a: [0, 1] },
    ],
  ])('%s', (...test) => check(test))
})

describe('$addToSet', () => {
  it.each<Case>([
    ['adds what is new', { $addToSet: { a: 3 } }, { a: [1] }, { a: [1, 3] }],
    ['leaves what is there', { $addToSet: { a: 1 } }, { a: [1] }, { a: [1] }],
    ['takes equal numbers for equal', { $addToSet: { a: new Double(1) } }, { a: [1] }, { a: [1] }],
    ['adds each once', { $addToSet: { a: { $each: [1, 2, 2] } } }, { a: [1] }, { a: [1, 2] }],
    ['makes an array', { $addToSet: { a: 1 } }, {}, { a: [1] }],
    [
      'compares documents with their order',
      { $addToSet: { a: { x: 1, y: 2 } } },
      { a: [{ y: 2, x: 1 }] },
      {
        a: [
          { y: 2, x: 1 },
          { x: 1, y: 2 },
        ],
      },
    ],
  ])('%s', (...test) => check(test))
})

describe('$pop', () => {
  it.each<Case>([
    ['takes the last', { $pop: { a: 1 } }, { a: [1, 2] }, { a: [1] }],
    ['takes the first', { $pop: { a: -1 } }, { a: [1, 2] }, { a: [2] }],
    ['of nothing changes nothing', { $pop: { a: 1 } }, { a: [] }, { a: [] }],
    ['of a missing field changes nothing', { $pop: { b: 1 } }, { a: [1] }, { a: [1] }],
  ])('%s', (...test) => check(test))
})

describe('$pull and $pullAll', () => {
  const lines = [
    { s: 1, t: 'x' },
    { s: 2, t: 'y' },
    { s: 3, t: 'x' },
  ]
  it.each<Case>([
    ['a value', { $pull: { a: 1 } }, { a: [1, 2, 1] }, { a: [2] }],
    ['a condition', { $pull: { a: { $gte: 2 } } }, { a: [1, 2, 3] }, { a: [1] }],
    ['a list', { $pull: { a: { $in: [1, 3] } } }, { a: [1, 2, 3] }, { a: [2] }],
    ['an expression', { $pull: { a: /^x/ } }, { a: ['xa', 'b'] }, { a: ['b'] }],
    ['documents by some fields', { $pull: { a: { t: 'x' } } }, { a: lines }, { a: [lines[1]] }],
    [
      'documents by conditions on fields',
      { $pull: { a: { s: { $gt: 1 }, t: 'x' } } },
      { a: lines },
      { a: [lines[0], lines[1]] },
    ],
    [
      'documents by alternatives',
      { $pull: { a: { $or: [{ s: 1 }, { s: 2 }] } } },
      { a: lines },
      { a: [lines[2]] },
    ],
    ['an array as a whole', { $pull: { a: [1, 2] } }, { a: [[1, 2], 1, 2] }, { a: [1, 2] }],
    ['null', { $pull: { a: null } }, { a: [null, 1] }, { a: [1] }],
    ['what is not there', { $pull: { a: 9 } }, { a: [1] }, { a: [1] }],
    ['from a missing field', { $pull: { b: 9 } }, { a: [1] }, { a: [1] }],
    [
      'all of several values',
      { $pullAll: { a: [1, { b: 1 }] } },
      { a: [1, { b: 1 }, { b: 1, c: 1 }] },
      { a: [{ b: 1, c: 1 }] },
    ],
    ['all of nothing', { $pullAll: { a: [] } }, { a: [1] }, { a: [1] }],
  ])('take away %s', (...test) => check(test))
})

describe('$setOnInsert', () => {
  it('sets only where the document is being inserted', () => {
    const update = { $setOnInsert: { a: 1 }, $set: { b: 2 } }
    expect(updated(update, {}, {}, { isInsert: true })).toEqual(stored({ a: 1, b: 2 }))
    expect(updated(update, {})).toEqual(stored({ b: 2 }))
  })
})

describe('several operators', () => {
  it('apply to one document at once', () => {
    const update = {
      $inc: { 'stock.held': 2 },
      $set: { state: 'held' },
      $push: { log: 'x' },
      $unset: { old: '' },
    }
    expect(updated(update, { _id: 1, state: 'new', stock: { held: 1, free: 5 }, old: 1 })).toEqual(
      stored({ _id: 1, state: 'held', stock: { held: 3, free: 5 }, log: ['x'] }),
    )
  })

  it('leave everything else byte for byte, names in the order of numbers included', () => {
    const before = encode(
      new Map<string, unknown>([
        ['b', 1],
        ['1', 2],
        ['0', { 2: 'x', 1: 'y' }],
        ['a', 1],
      ]),
    )
    const after = encode(
      new Map<string, unknown>([
        ['b', 1],
        ['1', 2],
        ['0', { 2: 'x', 1: 'y' }],
        ['a', 2],
      ]),
    )
    expect(compiled({ $set: { a: 2 } }).apply(before, { now: NOW })).toEqual(after)
  })
})
