import { type Document, Int32, Long } from 'bson'
import { describe, expect, it } from 'vitest'
import { updated } from './updating.ts'

const big = 'x'.repeat(15 * 1024 * 1024)

describe('an update is refused', () => {
  it.each<[string, Document | Document[], Document, number, string]>([
    ['an unknown operator', { $foo: { a: 1 } }, {}, 9, 'Unknown modifier: $foo'],
    ['a field beside operators', { $set: { a: 1 }, b: 1 }, {}, 9, 'Unknown modifier: b'],
    ['an operator without fields', { $set: 5 }, {}, 9, 'Modifiers operate on fields'],
    ['an operator in a replacement', { a: 1, $set: { b: 1 } }, {}, 52, "'$set'"],
    ['two operators on one path', { $set: { a: 1 }, $inc: { a: 1 } }, {}, 40, "conflict at 'a'"],
    ['a path inside another', { $set: { 'a.b': 1, a: 1 } }, {}, 40, "conflict at 'a'"],
    ['a rename onto another path', { $rename: { a: 'b' }, $set: { b: 1 } }, { a: 1 }, 40, "conflict at 'b'"],
    ['an empty path', { $set: { '': 1 } }, {}, 56, 'empty'],
    ['an empty name in a path', { $set: { 'a..b': 1 } }, {}, 56, 'empty field name'],
    ['a dollar in a path', { $set: { 'a.$b': 1 } }, {}, 52, "'$b'"],
    ['a positional element in front', { $set: { '$.a': 1 } }, {}, 2, 'first position'],
    [
      'a path through a scalar',
      { $set: { 'a.b': 1 } },
      { a: 5 },
      28,
      "Cannot create field 'b' in element {a: 5}",
    ],
    ['a name in an array', { $set: { 'a.b': 1 } }, { a: [1] }, 28, "Cannot create field 'b'"],
    ['a path through null', { $set: { 'a.b': 1 } }, { a: null }, 28, "Cannot create field 'b'"],
    ['an index far beyond an array', { $set: { 'a.9999999': 1 } }, { a: [] }, 2, 'backfill'],
    ['another _id', { $set: { _id: 2 } }, { _id: 1 }, 66, '_id'],
    ['a field in _id', { $set: { '_id.a': 2 } }, { _id: { a: 1 } }, 66, '_id'],
    ['no _id', { $unset: { _id: '' } }, { _id: 1 }, 66, '_id'],
    ['another _id in a replacement', { _id: 2 }, { _id: 1 }, 66, '_id'],
    ['$inc by text', { $inc: { a: 'x' } }, {}, 14, 'Cannot increment with non-numeric argument'],
    [
      '$inc of text',
      { $inc: { a: 1 } },
      { _id: 7, a: 'x' },
      14,
      "{_id: 7} has the field 'a' of non-numeric type string",
    ],
    ['$inc of null', { $inc: { a: 1 } }, { a: null }, 14, 'non-numeric type null'],
    ['$inc of a long that overflows', { $inc: { a: 1 } }, { a: Long.MAX_VALUE }, 2, 'Failed to apply $inc'],
    ['$mul by text', { $mul: { a: 'x' } }, {}, 14, 'Cannot multiply with non-numeric argument'],
    ['$mul of an array', { $mul: { a: 1 } }, { a: [] }, 14, 'non-numeric type array'],
    [
      '$push to a scalar',
      { $push: { a: 1 } },
      { _id: 7, a: 5 },
      2,
      "The field 'a' must be an array but is of type int",
    ],
    ['$push with an unknown clause', { $push: { a: { $each: [], $foo: 1 } } }, {}, 2, '$foo'],
    ['$push of each that is no array', { $push: { a: { $each: 1 } } }, {}, 14, '$each'],
    ['$push with a fraction', { $push: { a: { $each: [], $slice: 1.5 } } }, {}, 2, '$slice'],
    ['$push with a bad order', { $push: { a: { $each: [], $sort: 2 } } }, {}, 2, '$sort'],
    ['$addToSet with more than $each', { $addToSet: { a: { $each: [1], $slice: 1 } } }, {}, 2, '$slice'],
    ['$addToSet to a scalar', { $addToSet: { a: 1 } }, { a: 5 }, 2, 'must be an array'],
    ['$pop of something else', { $pop: { a: 2 } }, {}, 9, '$pop expects 1 or -1'],
    ['$pop of a scalar', { $pop: { a: 1 } }, { a: 5 }, 14, 'non-array type'],
    ['$pull from a scalar', { $pull: { a: 1 } }, { a: 5 }, 2, 'non-array'],
    ['$pullAll of a scalar', { $pullAll: { a: 1 } }, {}, 2, '$pullAll requires an array'],
    ['$bit with a fraction', { $bit: { a: { and: 1.5 } } }, {}, 2, 'Integer(32/64 bit)'],
    ['$bit with an unknown operation', { $bit: { a: { nand: new Int32(1) } } }, {}, 2, "'nand'"],
    ['$bit of nothing', { $bit: { a: {} } }, {}, 2, 'at least one'],
    ['$bit of text', { $bit: { a: { and: new Int32(1) } } }, { a: 'x' }, 2, 'non-integral'],
    ['$currentDate of something else', { $currentDate: { a: 5 } }, {}, 2, '$currentDate'],
    ['$rename to a number', { $rename: { a: 5 } }, {}, 2, "The 'to' field"],
    ['$rename to itself', { $rename: { a: 'a' } }, {}, 2, 'must differ'],
    ['$rename out of an array', { $rename: { 'a.0': 'b' } }, { a: [1] }, 2, 'array element'],
    ['$rename of any element', { $rename: { 'a.$': 'b' } }, {}, 2, 'dynamic'],
    ['a document that grows too big', { $push: { a: big } }, { a: [big] }, 17419, 'larger than'],
    ['a stage that makes many documents', [{ $unwind: '$a' }], {}, 72, '$unwind'],
    ['a stage that writes elsewhere', [{ $out: 'x' }], {}, 72, '$out'],
  ])('for %s', (_case, update, before, code, message) => {
    expect(() => updated(update, before)).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    )
  })
})
