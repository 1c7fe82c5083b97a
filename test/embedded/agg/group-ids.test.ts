import { BSONSymbol, Decimal128, Double, Int32, Long } from 'bson'
import { expect, it } from 'vitest'
import { compileGrouping } from '../../../server/embedded/agg/group.ts'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'

it.each<[string, unknown[]]>([
  [
    'whole numbers of all types',
    [new Int32(5), new Double(5), Long.fromNumber(5), Decimal128.fromString('5.0')],
  ],
  ['zero and minus zero', [new Double(0), new Double(-0), Decimal128.fromString('-0')]],
  ['what is no number', [new Double(Number.NaN), Decimal128.fromString('NaN')]],
  ['a text and a symbol', ['x', new BSONSymbol('x')]],
  ['null and a missing field', [null, undefined]],
])('%s make one group', (_name, values) => {
  expect(groupsOf(values)).toEqual([values.length])
})

it.each<[string, unknown[]]>([
  ['a number and its text', [5, '5']],
  ['a text and what begins like it', ['a', 'aa', 'a\0', '']],
  ['a long and the double beside it', [Long.fromString('9007199254740993'), new Double(9007199254740992)]],
  ['a decimal and the double nearest to it', [Decimal128.fromString('0.1'), new Double(0.1)]],
  ['a text and a list of it', ['a', ['a'], { a: 'a' }]],
  ['zero, false, null and nothing', [0, false, null, '']],
])('%s make groups of their own', (_name, values) => {
  expect(groupsOf(values)).toEqual(values.map(() => 1))
})

it('gives the groups in the order in which they came', () => {
  const grouping = compileGrouping({ _id: '$v', n: { $sum: '$n' } }, {})()
  for (const [v, n] of [
    ['b', 1],
    ['a', 2],
    ['b', 3],
  ])
    grouping.add(encode({ v, n }))
  const groups = grouping.result().map(raw => decode(raw))
  expect(groups.map(({ _id, n }) => [_id, Number(n)])).toEqual([
    ['b', 4],
    ['a', 2],
  ])
})

function groupsOf(values: readonly unknown[]): number[] {
  const grouping = compileGrouping({ _id: '$v', n: { $sum: 1 } }, {})()
  for (const v of values) grouping.add(v === undefined ? encode({}) : encode({ v }))
  return grouping.result().map(raw => Number(decode(raw).n))
}
