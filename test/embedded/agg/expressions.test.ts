import { Decimal128, type Document, Long, ObjectId } from 'bson'
import { describe, expect, it } from 'vitest'
import { run, stored } from './running.ts'

const id = new ObjectId('0123456789abcdef01234567')

/** The value of an expression on a document, and whether there is one. */
function evaluated(expression: unknown, document: Document = {}, variables: Document = {}): Document {
  return run([{ $project: { _id: 0, value: expression } }], [document], {}, variables)[0]!
}

/** A document with this field looks like a promise to the language, so it is made where nobody waits for it. */
function thenGives(result: unknown): Document {
  return Object.fromEntries([['then', result]])
}

describe('an expression', () => {
  it.each<[string, unknown, Document, unknown]>([
    ['a field', '$a', { a: Long.fromString('9007199254740993') }, Long.fromString('9007199254740993')],
    ['a field inside', '$a.b', { a: { b: 'x' } }, 'x'],
    ['a field through arrays', '$a.b', { a: [{ b: 1 }, { c: 2 }, { b: 3 }, 5] }, [1, 3]],
    ['the whole document', '$$ROOT', { a: 1 }, { a: 1 }],
    ['a literal', { $literal: '$a' }, { a: 1 }, '$a'],
    ['a list', ['$a', 1], { a: 2 }, [2, 1]],
    ['arithmetic', { $subtract: [{ $add: ['$a', 5] }, 2] }, { a: 1 }, 4],
    ['a choice', { $cond: [{ $gt: ['$a', 1] }, 'more', 'less'] }, { a: 2 }, 'more'],
    ['a default', { $ifNull: ['$nope', 'none'] }, {}, 'none'],
    ['a comparison of ids', { $eq: ['$a', id] }, { a: id }, true],
    [
      'a comparison of a long and an int',
      { $lt: ['$a', '$b'] },
      { a: 1, b: Long.fromString('9007199254740993') },
      true,
    ],
    ['a comparison of decimals', { $gt: ['$a', 1] }, { a: Decimal128.fromString('1.1') }, true],
    ['a comparison across types', { $cmp: ['x', 5] }, {}, 1],
    ['a comparison with a missing field', { $lt: ['$nope', null] }, {}, true],
    ['membership of an id', { $in: ['$a', [id]] }, { a: id }, true],
    ['the text of an id', { $toString: '$a' }, { a: id }, '0123456789abcdef01234567'],
    ['the text of a number', { $toString: 5 }, {}, '5'],
    ['an id of text', { $toObjectId: '0123456789abcdef01234567' }, {}, id],
    ['the date of an id', { $toDate: id }, {}, id.getTimestamp()],
    ['a conversion', { $convert: { input: '0123456789abcdef01234567', to: 'objectId' } }, {}, id],
    [
      'a conversion that fails, with a way out',
      { $convert: { input: 'x', to: 'objectId', onError: 'bad' } },
      {},
      'bad',
    ],
    ['a conversion of nothing', { $convert: { input: null, to: 'int', onNull: 0 } }, {}, 0],
    ['the type of an id', { $type: '$a' }, { a: id }, 'objectId'],
    ['the type of a missing field', { $type: '$nope' }, {}, 'missing'],
    ['text', { $concat: ['$a', '-', { $toUpper: 'x' }] }, { a: 'n' }, 'n-X'],
    ['an expression in text', { $regexMatch: { input: 'Order', regex: /^o/i } }, {}, true],
    [
      'parts of a list',
      { $size: { $filter: { input: '$a', cond: { $gt: ['$$this', 1] } } } },
      { a: [1, 2, 3] },
      2,
    ],
    [
      'a date as text',
      { $dateToString: { date: '$a', format: '%Y-%m-%d' } },
      { a: new Date(0) },
      '1970-01-01',
    ],
  ])('gives %s', (_case, expression, document, value) => {
    expect(evaluated(expression, document)).toEqual(stored([{ value }])[0])
  })

  it('that gives nothing sets nothing', () => {
    expect(evaluated('$nope')).toEqual({})
    expect(evaluated('$$REMOVE')).toEqual({})
  })

  it.each<[Document, Document, Document]>([
    [{ a: '$$REMOVE' }, { a: 1, b: 2 }, { b: 2 }],
    [{ a: '$nope' }, { a: 1, b: 2 }, { b: 2 }],
    [{ 'a.b': '$$REMOVE' }, { a: { b: 1, c: 2 } }, { a: { c: 2 } }],
    [{ 'a.b': '$$REMOVE' }, { a: [{ b: 1 }, { b: 2, c: 3 }] }, { a: [{}, { c: 3 }] }],
    [{ 'a.b': '$$REMOVE' }, {}, { a: {} }],
    [{ a: { $cond: [{ $gt: ['$b', 1] }, '$$REMOVE', '$a'] } }, { a: 1, b: 2 }, { b: 2 }],
  ])('that gives nothing takes a field away: %j of %j', (fields, before, after) => {
    expect(run([{ $addFields: fields }], [before])).toEqual(stored([after]))
  })

  it('sees the variables of the command, whose own expressions are evaluated', () => {
    expect(evaluated('$$x', {}, { x: { $add: [1, 2] } })).toEqual(stored([{ value: 3 }])[0])
    expect(evaluated('$$x', {}, { x: { $literal: '$a' } })).toEqual({ value: '$a' })
  })

  it.each<[string, unknown, Document, number]>([
    ['an unknown operator', { $foo: 1 }, {}, 168],
    ['a script', { $function: {} }, {}, 168],
    ['arithmetic with text', { $add: ['$a', 1] }, { a: 'x' }, 14],
    ['text of which something is taken', { $subtract: ['$a', 1] }, { a: 'x' }, 14],
    ['text that is multiplied', { $multiply: ['$a', 2] }, { a: 'x' }, 14],
    ['text that is divided', { $divide: ['$a', 2] }, { a: 'x' }, 14],
    ['the rest of text', { $mod: ['$a', 2] }, { a: 'x' }, 16611],
    ['the rest of a division by zero', { $mod: [5, 0] }, {}, 16610],
    ['the size of text', { $abs: '$a' }, { a: 'x' }, 28765],
    ['two dates that are added', { $add: ['$a', '$a'] }, { a: new Date(0) }, 16612],
    ['two operators in one', { $add: [1, 2], $abs: 1 }, {}, 15983],
    ['a choice without an end', { $cond: [1, 2] }, {}, 16020],
    ['a choice with a misspelt part', { $cond: { if: 1, ...thenGives(2), esle: 3 } }, {}, 17083],
    ['a default for nothing', { $ifNull: ['$a'] }, {}, 1257300],
    ['branches that do not fit', { $switch: { branches: [{ case: false, ...thenGives(1) }] } }, {}, 40066],
    ['the length of what is no list', { $size: '$a' }, { a: 5 }, 17124],
    ['the length of nothing', { $size: '$nope' }, {}, 17124],
    ['an element of what is no list', { $arrayElemAt: ['$a', 0] }, { a: 5 }, 28689],
    ['an element between two', { $arrayElemAt: ['$a', 0.5] }, { a: [] }, 28691],
    ['no list put to another', { $concatArrays: ['$a', []] }, { a: 5 }, 28664],
    ['no document put to another', { $mergeObjects: ['$a', {}] }, { a: 5 }, 40400],
    ['a part without length', { $slice: ['$a', 0, 0] }, { a: [] }, 28729],
    ['no branches', { $switch: { branches: [] } }, {}, 40068],
    ['a division by zero', { $divide: [1, 0] }, {}, 2],
    ['an unknown variable', '$$nope', {}, 2],
    ['no id', { $toObjectId: 'x' }, {}, 241],
    ['a comparison of three', { $eq: [1, 2, 3] }, {}, 16020],
  ])('is refused for %s', (_case, expression, document, code) => {
    expect(() => evaluated(expression, document)).toThrowError(expect.objectContaining({ code }))
  })
})
