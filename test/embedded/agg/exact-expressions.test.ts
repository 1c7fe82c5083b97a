import { Decimal128, type Document, Double, Int32, Long } from 'bson'
import { describe, expect, it } from 'vitest'
import { run, stored } from './running.ts'

const int = (value: number) => new Int32(value)
const double = (value: number) => new Double(value)
const long = (text: string) => Long.fromString(text)
const decimal = (text: string) => Decimal128.fromString(text)

function value(expression: unknown, document: Document): unknown {
  return run([{ $project: { _id: 0, value: expression } }], [document])[0]?.value
}

const BIG = '9007199254740993'

/** A document with this field looks like a promise to the language, so it is made where nobody waits for it. */
function thenGives(result: unknown): Document {
  return Object.fromEntries([['then', result]])
}

describe('an expression keeps the type of its numbers', () => {
  it.each<[string, unknown, Document, unknown]>([
    ['a sum of ints', { $add: ['$a', '$b'] }, { a: int(1), b: int(2) }, int(3)],
    ['a sum of ints too great for one', { $add: ['$a', 1] }, { a: int(2 ** 31 - 1) }, long('2147483648')],
    ['a sum with a double', { $add: ['$a', '$b'] }, { a: int(1), b: double(2) }, double(3)],
    ['a sum with a long', { $add: ['$a', '$b'] }, { a: int(1), b: long(BIG) }, long('9007199254740994')],
    ['a sum too great for longs', { $add: ['$a', 1] }, { a: Long.MAX_VALUE }, double(2 ** 63)],
    ['a sum with a decimal', { $add: ['$a', '$b'] }, { a: int(1), b: decimal('0.1') }, decimal('1.1')],
    ['a sum of nothing', { $add: [] }, {}, int(0)],
    ['a sum with null', { $add: [1, '$a'] }, { a: null }, null],
    ['a sum with what is missing', { $add: [1, '$nope'] }, {}, null],
    ['a date and a number', { $add: ['$a', 1000] }, { a: new Date(5) }, new Date(1005)],
    ['a number and a date before 1970', { $add: [1, '$a'] }, { a: new Date(-5) }, new Date(-4)],
    ['a difference of ints', { $subtract: ['$a', '$b'] }, { a: int(1), b: int(2) }, int(-1)],
    ['a difference of longs', { $subtract: ['$a', 1] }, { a: long(BIG) }, long('9007199254740992')],
    [
      'a difference of decimals',
      { $subtract: ['$a', '$b'] },
      { a: decimal('0.3'), b: decimal('0.1') },
      decimal('0.2'),
    ],
    [
      'the time between two dates',
      { $subtract: ['$b', '$a'] },
      { a: new Date(-5), b: new Date(5) },
      long('10'),
    ],
    ['a date before another time', { $subtract: ['$a', 10] }, { a: new Date(5) }, new Date(-5)],
    ['a product of ints', { $multiply: ['$a', 3] }, { a: int(2) }, int(6)],
    [
      'a product of ints too great for one',
      { $multiply: ['$a', 2] },
      { a: int(2 ** 30) },
      long('2147483648'),
    ],
    ['a product of decimals', { $multiply: ['$a', '$a'] }, { a: decimal('1.5') }, decimal('2.25')],
    ['a quotient of ints', { $divide: ['$a', 2] }, { a: int(4) }, double(2)],
    ['a quotient of decimals', { $divide: ['$a', 3] }, { a: decimal('1') }, decimal(`0.${'3'.repeat(34)}`)],
    ['a rest of ints', { $mod: ['$a', 3] }, { a: int(-7) }, int(-1)],
    ['a rest of longs', { $mod: ['$a', 10] }, { a: long(BIG) }, long('3')],
    ['a rest of doubles', { $mod: ['$a', 2] }, { a: double(5.5) }, double(1.5)],
    ['a rest of decimals', { $mod: ['$a', 2] }, { a: decimal('5.5') }, decimal('1.5')],
    ['a size', { $abs: '$a' }, { a: int(-2) }, int(2)],
    ['a size too great for an int', { $abs: '$a' }, { a: int(-(2 ** 31)) }, long('2147483648')],
    ['a size of a decimal', { $abs: '$a' }, { a: decimal('-1.5') }, decimal('1.5')],
    ['the next whole double', { $ceil: '$a' }, { a: double(1.2) }, double(2)],
    ['the next whole decimal', { $ceil: '$a' }, { a: decimal('1.2') }, decimal('2')],
    ['the whole double before', { $floor: '$a' }, { a: double(-1.2) }, double(-2)],
    ['the whole decimal before', { $floor: '$a' }, { a: decimal('-1.2') }, decimal('-2')],
    ['a whole long', { $floor: '$a' }, { a: long(BIG) }, long(BIG)],
    ['a sum over an array', { $sum: '$a' }, { a: [int(1), 'x', long('2')] }, long('3')],
    ['a sum over operands', { $sum: ['$a', '$b', [5]] }, { a: int(1), b: int(2) }, int(3)],
    ['a sum over nothing', { $sum: '$nope' }, {}, int(0)],
    ['a mean', { $avg: ['$a', '$b'] }, { a: int(1), b: int(2) }, double(1.5)],
    ['a mean of nothing', { $avg: '$nope' }, {}, null],
    ['the least', { $min: ['$a', '$b'] }, { a: double(2), b: long('1') }, long('1')],
    ['the greatest of an array', { $max: '$a' }, { a: [int(1), decimal('1.5'), null] }, decimal('1.5')],
    ['a choice', { $cond: [{ $gt: ['$a', 1] }, '$a', 0] }, { a: long('2') }, long('2')],
    [
      'a choice given by names',
      { $cond: { if: '$nope', ...thenGives(1), else: '$a' } },
      { a: double(2) },
      double(2),
    ],
    ['a default', { $ifNull: ['$nope', null, '$a'] }, { a: double(2) }, double(2)],
    ['a default that is null', { $ifNull: ['$nope', null] }, {}, null],
    [
      'a branch',
      { $switch: { branches: [{ case: { $lt: ['$a', 1] }, ...thenGives('low') }], default: '$a' } },
      { a: long('5') },
      long('5'),
    ],
    [
      'documents put together',
      { $mergeObjects: ['$a', null, { y: '$b' }] },
      { a: { x: long('1'), y: 'x' }, b: double(2) },
      { x: long('1'), y: double(2) },
    ],
    [
      'documents of a list put together',
      { $mergeObjects: '$a' },
      { a: [{ x: double(1) }, { y: long('2') }] },
      { x: double(1), y: long('2') },
    ],
    [
      'lists put together',
      { $concatArrays: ['$a', [double(2)]] },
      { a: [long('1')] },
      [long('1'), double(2)],
    ],
    ['an element', { $arrayElemAt: ['$a', -1] }, { a: [1, long('2')] }, long('2')],
    ['a part of a list', { $slice: ['$a', -2, 1] }, { a: [1, long('2'), 3] }, [long('2')]],
    ['the end of a list', { $slice: ['$a', -2] }, { a: [1, long('2'), double(3)] }, [long('2'), double(3)]],
    ['the first of a list', { $first: '$a' }, { a: [long('2')] }, long('2')],
    ['the last of a list', { $last: ['$a'] }, { a: [1, double(2)] }, double(2)],
    ['a list turned round', { $reverseArray: '$a' }, { a: [1, double(2)] }, [double(2), int(1)]],
    ['how long a list is', { $size: ['$a'] }, { a: [1, 2] }, int(2)],
    ['a list of nothing', { $concatArrays: ['$a', '$nope'] }, { a: [] }, null],
    ['a literal', { $literal: { $add: [1, 2] } }, {}, { $add: [int(1), int(2)] }],
    ['a type', { $type: '$a' }, { a: double(4) }, 'double'],
    ['the type of a quotient', { $type: { $divide: [4, 2] } }, {}, 'double'],
    ['all', { $and: [1, '$a', { $not: ['$nope'] }] }, { a: double(0.5) }, true],
    ['not all', { $and: ['$a', true] }, { a: decimal('0') }, false],
    ['one', { $or: [0, null, '$a'] }, { a: 'x' }, true],
    ['none', { $or: [] }, {}, false],
    ['an order across types', { $cmp: ['$a', '$nope'] }, { a: null }, int(1)],
    [
      'longs that doubles cannot tell apart',
      { $eq: ['$a', '$b'] },
      { a: long(BIG), b: long('9007199254740992') },
      false,
    ],
  ])('%s', (_case, expression, document, expected) => {
    expect(value(expression, document)).toEqual(stored([{ value: expected }])[0]!.value)
  })

  it('gives nothing where a choice gives nothing', () => {
    expect(run([{ $project: { _id: 0, value: { $cond: [true, '$nope', 1] } } }], [{}])).toEqual([{}])
  })

  it('in conditions too', () => {
    const documents = [
      { _id: 1, a: long(BIG) },
      { _id: 2, a: long('9007199254740992') },
    ]
    const found = run(
      [{ $match: { $expr: { $eq: [{ $add: ['$a', 1] }, long('9007199254740994')] } } }],
      documents,
    )
    expect(found.map(one => Number(one._id))).toEqual([1])
  })
})
