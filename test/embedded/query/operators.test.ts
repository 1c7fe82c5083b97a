import { Binary, BSONRegExp, Decimal128, type Document, Double, Int32, Long, ObjectId } from 'bson'
import { describe, expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { compiled, matches } from './matching.ts'

type Case = [name: string, condition: unknown, value: unknown, expected: boolean]

/** `undefined` as a value stands for a missing field. */
function check([, condition, value, expected]: Case): void {
  expect(matches({ a: condition }, value === undefined ? {} : { a: value })).toBe(expected)
}

describe('$exists', () => {
  it.each<Case>([
    ['a value', { $exists: true }, 5, true],
    ['null', { $exists: true }, null, true],
    ['a missing field', { $exists: true }, undefined, false],
    ['a missing field that must be', { $exists: false }, undefined, true],
    ['null that must be missing', { $exists: false }, null, false],
    ['an empty array', { $exists: true }, [], true],
    ['a number other than zero for true', { $exists: 2 }, 5, true],
    ['zero for false', { $exists: 0 }, undefined, true],
    ['null for false', { $exists: null }, undefined, true],
  ])('%s', (...test) => check(test))
})

describe('$type', () => {
  it.each<Case>([
    ['int', { $type: 'int' }, new Int32(1), true],
    ['long', { $type: 'long' }, Long.fromNumber(1), true],
    ['double', { $type: 'double' }, new Double(1), true],
    ['decimal', { $type: 'decimal' }, Decimal128.fromString('1'), true],
    ['int for a double', { $type: 'int' }, new Double(1), false],
    ['number for any', { $type: 'number' }, Long.fromNumber(1), true],
    ['number for text', { $type: 'number' }, '1', false],
    ['object id', { $type: 'objectId' }, new ObjectId(), true],
    ['date', { $type: 'date' }, new Date(), true],
    ['null', { $type: 'null' }, null, true],
    ['null for a missing field', { $type: 'null' }, undefined, false],
    ['array', { $type: 'array' }, [], true],
    ['the type of an element', { $type: 'string' }, [1, 'x'], true],
    ['a number for a type', { $type: 2 }, 'x', true],
    ['one of several', { $type: ['string', 16] }, new Int32(1), true],
    ['none of several', { $type: ['string', 16] }, true, false],
    ['-1 for MinKey', { $type: -1 }, 5, false],
  ])('%s', (...test) => check(test))
})

describe('$regex', () => {
  it.each<Case>([
    ['a literal expression', /^ab/, 'abc', true],
    ['no match', /^ab/, 'xabc', false],
    ['letters of either case', /AB/i, 'xaby', true],
    ['text with options', { $regex: 'AB', $options: 'i' }, 'ab', true],
    ['options before the text', { $options: 'i', $regex: 'AB' }, 'ab', true],
    ['lines', { $regex: '^b$', $options: 'm' }, 'a\nb\nc', true],
    ['a dot for a line end', { $regex: 'a.b', $options: 's' }, 'a\nb', true],
    ['layout in the pattern', { $regex: 'a b # comment', $options: 'x' }, 'ab', true],
    ['options inside the pattern', { $regex: '(?i)AB' }, 'ab', true],
    ['one symbol outside the basic plane', { $regex: '^.$' }, '😀', true],
    ['an escape only other dialects know', { $regex: 'a\\-b' }, 'a-b', true],
    ['an element', /^b/, ['a', 'b'], true],
    ['no number', /1/, 1, false],
    ['a stored expression equal to it', new BSONRegExp('a', 'i'), new BSONRegExp('a', 'i'), true],
    ['a stored expression with other options', new BSONRegExp('a', 'i'), new BSONRegExp('a', ''), false],
    ['a negation', { $not: /a/ }, 'b', true],
    ['a negation of a missing field', { $not: /a/ }, undefined, true],
  ])('%s', (...test) => check(test))
})

describe('$size', () => {
  it.each<Case>([
    ['too few', { $size: 2 }, [1], false],
    ['exact', { $size: 2 }, [1, 2], true],
    ['too many', { $size: 2 }, [1, 2, 3], false],
    ['none', { $size: 0 }, [], true],
    ['of what is no array', { $size: 1 }, 'x', false],
    ['of an inner array', { $size: 1 }, [[1], 2, 3], false],
    ['of a missing field', { $size: 0 }, undefined, false],
    ['as a double', { $size: 2.0 }, [1, 2], true],
  ])('%s', (...test) => check(test))
})

describe('$all', () => {
  it.each<Case>([
    ['all there', { $all: [1, 2] }, [2, 3, 1], true],
    ['one not there', { $all: [1, 4] }, [2, 3, 1], false],
    ['of one value that is no array', { $all: [1] }, 1, true],
    ['of nothing', { $all: [] }, [1], false],
    ['an inner array', { $all: [[1, 2]] }, [[1, 2]], true],
    ['expressions', { $all: [/^a/, /^b/] }, ['ax', 'bx'], true],
    [
      'conditions on elements',
      { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 2 } }] },
      [{ b: 1 }, { b: 2 }],
      true,
    ],
    [
      'conditions on elements, one unfulfilled',
      { $all: [{ $elemMatch: { b: 1 } }, { $elemMatch: { b: 3 } }] },
      [{ b: 1 }],
      false,
    ],
  ])('%s', (...test) => check(test))
})

describe('$elemMatch', () => {
  it.each<Case>([
    ['operators on one element', { $elemMatch: { $gt: 5, $lt: 9 } }, [1, 7, 12], true],
    ['operators fulfilled only together by two elements', { $elemMatch: { $gt: 5, $lt: 9 } }, [1, 12], false],
    ['fields of one element', { $elemMatch: { b: 1, c: 2 } }, [{ b: 1, c: 2 }], true],
    ['fields of two elements', { $elemMatch: { b: 1, c: 2 } }, [{ b: 1 }, { c: 2 }], false],
    ['what is no array', { $elemMatch: { $gt: 5 } }, 7, false],
    ['a missing field', { $elemMatch: { b: null } }, undefined, false],
    ['a field missing in an element', { $elemMatch: { b: null } }, [{ c: 1 }], true],
    ['alternatives', { $elemMatch: { $or: [{ b: 1 }, { b: 2 }] } }, [{ b: 2 }], true],
    ['a negation', { $elemMatch: { $not: { $gt: 5 } } }, [9, 1], true],
    ['an inner array', { $elemMatch: { $elemMatch: { $eq: 2 } } }, [[1], [2]], true],
    ['$in', { $elemMatch: { $in: [1, 2] } }, [3, 2], true],
    ['$ne', { $elemMatch: { $ne: 3 } }, [3, 3], false],
  ])('%s', (...test) => check(test))
})

describe('$mod', () => {
  it.each<Case>([
    ['the remainder', { $mod: [4, 1] }, 5, true],
    ['another remainder', { $mod: [4, 1] }, 6, false],
    ['a negative number', { $mod: [4, -1] }, -5, true],
    ['a fraction cut off', { $mod: [4, 1] }, 5.9, true],
    ['a long', { $mod: [10, 3] }, Long.fromString('9007199254740993'), true],
    ['a decimal', { $mod: [4, 1] }, Decimal128.fromString('5'), true],
    ['a decimal beyond doubles', { $mod: [10, 3] }, Decimal128.fromString('9007199254740993'), true],
    ['NaN', { $mod: [4, 0] }, NaN, false],
    ['too big for 64 bits', { $mod: [4, 0] }, 1e30, false],
    ['text', { $mod: [4, 1] }, '5', false],
    ['a divisor with a fraction', { $mod: [4.5, 1] }, 5, true],
  ])('%s', (...test) => check(test))
})

describe('bit operators', () => {
  const bits = new Binary(Buffer.from([0b101]))
  it.each<Case>([
    ['all set', { $bitsAllSet: 0b101 }, 0b111, true],
    ['not all set', { $bitsAllSet: 0b101 }, 0b110, false],
    ['all clear', { $bitsAllClear: 0b101 }, 0b010, true],
    ['not all clear', { $bitsAllClear: 0b101 }, 0b110, false],
    ['any set', { $bitsAnySet: 0b101 }, 0b100, true],
    ['none set', { $bitsAnySet: 0b101 }, 0b010, false],
    ['any clear', { $bitsAnyClear: 0b101 }, 0b100, true],
    ['none clear', { $bitsAnyClear: 0b101 }, 0b111, false],
    ['positions', { $bitsAllSet: [0, 2] }, 0b101, true],
    ['a binary mask', { $bitsAllSet: bits }, 0b101, true],
    ['binary data', { $bitsAllSet: [0, 2] }, bits, true],
    ['binary data that ends before', { $bitsAllClear: [50] }, bits, true],
    ['the sign of a negative number far out', { $bitsAllSet: [200] }, -1, true],
    ['a number with a fraction', { $bitsAllClear: [0] }, 2.5, false],
    ['text', { $bitsAllClear: [0] }, '2', false],
  ])('%s', (...test) => check(test))
})

describe('$not', () => {
  it('negates all its operators together', () => {
    expect(matches({ a: { $not: { $gt: 1, $lt: 5 } } }, { a: 3 })).toBe(false)
    expect(matches({ a: { $not: { $gt: 1, $lt: 5 } } }, { a: 7 })).toBe(true)
  })

  it('of an array means that no element fulfils it', () => {
    expect(matches({ a: { $not: { $gt: 5 } } }, { a: [1, 9] })).toBe(false)
    expect(matches({ a: { $ne: 1 } }, { a: [1, 9] })).toBe(false)
  })
})

describe('logical operators', () => {
  it.each<[string, Document, Document, boolean]>([
    ['$and with both', { $and: [{ a: 1 }, { b: 2 }] }, { a: 1, b: 2 }, true],
    ['$and with one', { $and: [{ a: 1 }, { b: 2 }] }, { a: 1 }, false],
    ['$or with one', { $or: [{ a: 1 }, { b: 2 }] }, { b: 2 }, true],
    ['$or with none', { $or: [{ a: 1 }, { b: 2 }] }, { b: 1 }, false],
    ['$nor with none', { $nor: [{ a: 1 }, { b: 2 }] }, { b: 1 }, true],
    ['$nor with one', { $nor: [{ a: 1 }, { b: 2 }] }, { a: 1 }, false],
    ['an operator beside a field', { a: 1, $or: [{ b: 1 }, { b: 2 }] }, { a: 1, b: 3 }, false],
    ['an empty branch', { $or: [{}, { a: 1 }] }, {}, true],
    ['a comment', { $comment: 'why', a: 1 }, { a: 1 }, true],
    ['nothing at all', {}, { a: 1 }, true],
  ])('%s', (_case, filter, document, expected) => {
    expect(matches(filter, document)).toBe(expected)
  })
})

describe('$expr', () => {
  it('compares fields of a document', () => {
    expect(matches({ $expr: { $gt: ['$a', '$b'] } }, { a: 2, b: 1 })).toBe(true)
    expect(matches({ $expr: { $gt: ['$a', '$b'] } }, { a: 1, b: 2 })).toBe(false)
  })

  it('sees the variables of the command', () => {
    const filter = compiled({ $expr: { $eq: ['$a', '$$wanted'] } }, { wanted: 5 })
    expect(filter.matches(encode({ a: 5 }))).toBe(true)
    expect(filter.matches(encode({ a: 6 }))).toBe(false)
  })

  it('compares across types and with arrays as wholes', () => {
    expect(matches({ $expr: { $lt: ['$a', 'x'] } }, { a: 5 })).toBe(true)
    expect(matches({ $expr: { $eq: ['$a', 1] } }, { a: [1] })).toBe(false)
  })
})

describe('what a filter may not say', () => {
  it.each<[Document, number, string]>([
    [{ $where: 'true' }, 2, '$where is not supported'],
    [{ $text: { $search: 'x' } }, 2, '$text is not supported'],
    [{ $jsonSchema: {} }, 2, '$jsonSchema is not supported'],
    [{ a: { $near: [0, 0] } }, 2, '$near is not supported'],
    [{ a: { $geoWithin: {} } }, 2, '$geoWithin is not supported'],
    [{ $foo: 1 }, 2, 'unknown top level operator: $foo'],
    [{ a: { $foo: 1 } }, 2, 'unknown operator: $foo'],
    [{ a: { $gt: 1, b: 2 } }, 2, 'unknown operator: b'],
    [{ $and: 5 }, 2, '$and must be an array'],
    [{ $or: [] }, 2, 'nonempty array'],
    [{ $or: [5] }, 2, 'full objects'],
    [{ a: { $in: 5 } }, 2, '$in needs an array'],
    [{ a: { $nin: 5 } }, 2, '$nin needs an array'],
    [{ a: { $in: [{ $gt: 5 }] } }, 2, 'cannot nest $'],
    [{ a: { $all: 5 } }, 2, '$all needs an array'],
    [{ a: { $all: [{ $gt: 5 }] } }, 2, 'no $ expressions in $all'],
    [{ a: { $elemMatch: 5 } }, 2, '$elemMatch needs an Object'],
    [{ a: { $elemMatch: { $expr: true } } }, 2, '$expr'],
    [{ a: { $size: -1 } }, 2, '$size'],
    [{ a: { $size: 1.5 } }, 2, '$size'],
    [{ a: { $size: 'x' } }, 2, '$size'],
    [{ a: { $not: 5 } }, 2, '$not needs a regex or a document'],
    [{ a: { $not: {} } }, 2, '$not cannot be empty'],
    [{ a: { $gt: /x/ } }, 2, "Can't have RegEx"],
    [{ a: { $ne: /x/ } }, 2, "Can't have regex"],
    [{ a: { $options: 'i' } }, 2, '$options needs a $regex'],
    [{ a: { $regex: 5 } }, 2, '$regex has to be a string'],
    [{ a: { $regex: 'x', $options: 5 } }, 2, '$options has to be a string'],
    [{ a: { $regex: '(' } }, 51091, 'Regular expression is invalid'],
    [{ a: { $regex: 'x', $options: 'q' } }, 51108, 'invalid flag'],
    [{ a: { $regex: /x/i, $options: 'm' } }, 51075, 'options set in both'],
    [{ a: { $type: 'text' } }, 2, 'Unknown type name alias: text'],
    [{ a: { $type: 99 } }, 2, 'Invalid numerical type code: 99'],
    [{ a: { $type: [] } }, 9, 'at least one type'],
    [{ a: { $mod: 5 } }, 2, 'malformed mod'],
    [{ a: { $mod: [5] } }, 2, 'not enough elements'],
    [{ a: { $mod: [5, 1, 1] } }, 2, 'too many elements'],
    [{ a: { $mod: [0, 1] } }, 2, 'divisor cannot be 0'],
    [{ a: { $mod: ['x', 1] } }, 2, 'divisor not a number'],
    [{ a: { $bitsAllSet: 'x' } }, 2, '$bitsAllSet'],
    [{ a: { $bitsAllSet: -1 } }, 9, '$bitsAllSet'],
    [{ a: { $bitsAllSet: [-1] } }, 2, 'bit positions'],
    [{ $expr: { $foo: 1 } }, 168, "Unrecognized expression '$foo'"],
    [{ $expr: { $function: {} } }, 168, "Unrecognized expression '$function'"],
  ])('%j is refused with code %i', (filter, code, message) => {
    expect(() => compiled(filter)).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })
})

describe('the position of the matched element', () => {
  const position = (filter: Document, document: Document) => compiled(filter).positionOf(encode(document))
  it.each<[string, Document, Document, number | undefined]>([
    ['of an equal element', { a: 2 }, { a: [1, 2, 2] }, 1],
    ['of a field inside an element', { 'a.b': 2 }, { a: [{ b: 1 }, { b: 2 }] }, 1],
    ['of $elemMatch', { a: { $elemMatch: { b: 2, c: 3 } } }, { a: [{ b: 2 }, { b: 2, c: 3 }] }, 1],
    [
      'of $elemMatch inside an outer array',
      { 'a.b': { $elemMatch: { $gt: 5 } } },
      { a: [{ b: [1] }, { b: [1, 9] }] },
      1,
    ],
    ['of $in', { a: { $in: [3] } }, { a: [1, 2, 3] }, 2],
    ['without an array', { a: 2 }, { a: 2 }, undefined],
    ['of a negation', { a: { $ne: 5 } }, { a: [1, 2] }, undefined],
    ['under $and', { $and: [{ x: 1 }, { a: 2 }] }, { x: 1, a: [1, 2] }, 1],
    ['under $or', { $or: [{ x: 1 }, { a: 2 }] }, { a: [1, 2] }, 1],
    ['of an explicit index', { 'a.1': 2 }, { a: [1, 2] }, undefined],
  ])('%s', (_case, filter, document, expected) => {
    expect(position(filter, document)).toBe(expected)
  })
})
