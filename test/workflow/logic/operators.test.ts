import { describe, expect, it } from 'vitest'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { operators } from '../../../server/workflow/logic/operators.ts'
import { applyReference } from '../../../server/workflow/logic/reference.ts'

type Row = [args: unknown[], expected: unknown]

const at = new Date('2024-06-18T02:00:00.000Z')
const minutesLater = (minutes: number) => new Date(at.getTime() + minutes * 60_000)

// Each operator under, at and over its boundary, and with operands of the wrong type. Values come in as data,
// so that nothing is folded away.
const table: Record<string, Row[]> = {
  '==': [
    [[1, 2], false],
    [[2, 2], true],
    [[3, 2], false],
    [['2', 2], true],
    [[null, 0], false],
    [[at, at], true],
  ],
  '===': [
    [[1, 2], false],
    [[2, 2], true],
    [['2', 2], false],
    [[null, null], true],
    [[[1], [1]], false],
  ],
  '!=': [
    [[1, 2], true],
    [[2, 2], false],
    [['2', 2], false],
    [[null, false], true],
  ],
  '!==': [
    [[2, 2], false],
    [['2', 2], true],
    [[null, null], false],
  ],
  '>': [
    [[1, 2], false],
    [[2, 2], false],
    [[3, 2], true],
    [['abc', 2], false],
    [[null, -1], true],
    [[minutesLater(1), at], true],
    [[at, at], false],
  ],
  '>=': [
    [[1, 2], false],
    [[2, 2], true],
    [[3, 2], true],
    [['abc', 2], false],
    [[null, 0], true],
    [[at, minutesLater(0)], true],
  ],
  '<': [
    [[1, 2], true],
    [[2, 2], false],
    [[3, 2], false],
    [['abc', 2], false],
    [[1, 2, 3], true],
    [[1, 1, 3], false],
    [[1, 3, 3], false],
  ],
  '<=': [
    [[1, 2], true],
    [[2, 2], true],
    [[3, 2], false],
    [[{}, 2], false],
    [[1, 1, 1], true],
    [[1, 4, 3], false],
  ],
  '!': [
    [[0], true],
    [[1], false],
    [[[]], true],
    [[[0]], false],
    [[''], true],
    [['0'], false],
    [[null], true],
  ],
  '!!': [
    [[0], false],
    [[1], true],
    [[[]], false],
    [[[0]], true],
    [[{}], true],
  ],
  in: [
    [['a', ['b', 'a']], true],
    [['c', ['b', 'a']], false],
    [['急', '加急'], true],
    [['', ''], false],
    [['a', null], false],
    [['a', 5], false],
    [[1, ['1']], false],
  ],
  cat: [
    [['a', 1, null], 'a1'],
    [[], ''],
    [[[1, [2]]], '1,2'],
  ],
  substr: [
    [['jsonlogic', 4], 'logic'],
    [['jsonlogic', -5, -2], 'log'],
    [[null, 1], 'ull'],
    [['abc', 5], ''],
  ],
  '+': [
    [[1, 2], 3],
    [['1', '2.5'], 3.5],
    [['12abc', 1], 13],
    [['abc'], Number.NaN],
    [[], 0],
  ],
  '*': [
    [[2, 3], 6],
    [['2', 3], 6],
    [['abc', 3], Number.NaN],
  ],
  '-': [
    [[5, 3], 2],
    [[3], -3],
    [['5', '3'], 2],
    [['abc', 3], Number.NaN],
    [[minutesLater(1), at], 60_000],
  ],
  '/': [
    [[4, 2], 2],
    [[1, 0], Number.POSITIVE_INFINITY],
    [['abc', 1], Number.NaN],
  ],
  '%': [
    [[3, 2], 1],
    [[2, 2], 0],
    [['abc', 2], Number.NaN],
  ],
  min: [
    [[3, 1, 2], 1],
    [['a', 1], Number.NaN],
    [[null, 1], 0],
  ],
  max: [
    [[3, 1, 2], 3],
    [['a', 1], Number.NaN],
  ],
  merge: [
    [
      [[1], 2, [3, [4]]],
      [1, 2, 3, [4]],
    ],
    [[], []],
  ],
  log: [
    [[7], 7],
    [[null], null],
  ],
  starts_with: [
    [['13800', '138'], true],
    [['13700', '138'], false],
    [['13', '138'], false],
    [['138', '138'], true],
    [[138, '138'], false],
    [[null, '1'], false],
    [['a', null], false],
    [[['a'], 'a'], false],
  ],
  ends_with: [
    [['SF-NIGHT', 'NIGHT'], true],
    [['NIGHT-SF', 'NIGHT'], false],
    [['NIGHT', 'NIGHT'], true],
    [['IGHT', 'NIGHT'], false],
    [[5, '5'], false],
    [[null, ''], false],
  ],
  has_any: [
    [
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      true,
    ],
    [[['a'], ['b', 'c']], false],
    [[[], ['a']], false],
    [[['a'], []], false],
    [['请加急发', ['急', '催']], true],
    [['正常', ['急', '催']], false],
    [['正常', ['']], false],
    [[5, [5]], false],
    [[null, ['a']], false],
    [['急', '急'], false],
    [[[1], ['1']], false],
  ],
  instant: [
    [['2024-06-18T10:00:00+08:00'], at.getTime()],
    [['2024-06-18T02:00:00.000Z'], at.getTime()],
    [[at], at.getTime()],
    [['2024-06-18T10:00:00'], Number.NaN],
    [['2024-06-18'], Number.NaN],
    [['2024-02-30T00:00:00Z'], Number.NaN],
    [['2024-02-29T00:00:00Z'], Date.UTC(2024, 1, 29)],
    [['2024-13-01T00:00:00Z'], Number.NaN],
    [['2024-06-18T24:00:00Z'], Number.NaN],
    [[1_718_676_000_000], Number.NaN],
    [[null], Number.NaN],
  ],
  within_minutes: [
    [[at, minutesLater(2.99), 3], true],
    [[at, minutesLater(3), 3], true],
    [[at, minutesLater(3.01), 3], false],
    [[minutesLater(3), at, 3], true],
    [[at, '2024-06-18T10:03:00+08:00', 3], true],
    [[at, 'tomorrow', 3], false],
    [[at, null, 3], false],
    [[at, at, '3'], false],
    [[at, at, -1], false],
  ],
  // `at` is Tuesday, 18 June 2024, 10:00 in Shanghai and 02:00 in UTC.
  time_of_day: [
    [[at], 600],
    [[at, 'Asia/Shanghai'], 600],
    [[at, 'UTC'], 120],
    [[at, '+05:30'], 450],
    [['2024-06-18T23:59:59.999+08:00'], 1439],
    [['2024-06-19T00:00:00+08:00'], 0],
    [['1969-12-31T23:59:00Z', 'UTC'], 1439],
    [['2024-03-31T01:30:00Z', 'Europe/Berlin'], 210],
    [[null], Number.NaN],
    [['10:00'], Number.NaN],
    [[at, 'Asia/Nowhere'], Number.NaN],
    [[at, null], Number.NaN],
    [[1e21, 'Europe/Berlin'], Number.NaN],
  ],
  weekday: [
    [[at], 2],
    [['2024-06-16T23:59:59+08:00'], 7],
    [['2024-06-17T00:00:00+08:00'], 1],
    [['2024-06-16T16:00:00Z'], 1],
    [['2024-06-16T16:00:00Z', 'UTC'], 7],
    [['1970-01-01T00:00:00Z', 'UTC'], 4],
    [['1969-12-31T23:00:00Z', 'UTC'], 3],
    [[null], Number.NaN],
    [[at, 8], Number.NaN],
  ],
}

const rows = Object.entries(table).flatMap(([name, cases]) =>
  cases.map(([args, expected]) => ({ name, args, expected, shown: JSON.stringify(args) })),
)

describe('operators', () => {
  it.each(rows)('$name of $shown is $expected, compiled and by the reference', ({ name, args, expected }) => {
    const rule = { [name]: args.map((_, index) => ({ var: `${index}` })) }
    expect(compileLogic(rule)(args)).toEqual(expected)
    expect(applyReference(rule, args)).toEqual(expected)
  })

  it.each(rows)('$name of $shown is the same when its operands are constants', ({ name, args, expected }) => {
    // Lists and dates mean something else inside a rule than as data.
    if (args.some(arg => typeof arg === 'object' && arg !== null)) return
    expect(compileLogic({ [name]: args })({})).toEqual(expected)
  })

  it('are all in the table test, or worked out by the compiler and in the public suite', () => {
    const worked = [...operators].filter(([, { kind }]) => kind === 'value').map(([name]) => name)
    expect(Object.keys(table).sort()).toEqual(worked.sort())
  })

  it('have a sentence in both languages', () => {
    for (const [name, { words }] of operators) expect([name, words.zh, words.en]).not.toContain('')
  })
})
