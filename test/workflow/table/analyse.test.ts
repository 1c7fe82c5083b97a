import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../../../server/workflow/field.ts'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { truthy } from '../../../server/workflow/logic/values.ts'
import { analyseTable } from '../../../server/workflow/table/analyse.ts'
import { type Example, exampleData, exampleWords } from '../../../server/workflow/table/example.ts'
import type { TableRow } from '../../../server/workflow/table/table-row.ts'
import { fields, v } from '../logic/fields.ts'

function table(...rows: (readonly [when: unknown, action: string])[]): TableRow[] {
  return rows.map(([when, action], index) => ({
    id: `r${index}`,
    name: `${index}`,
    when,
    port: `p${index}`,
    action,
  }))
}

const holds = (when: unknown, example: Example) => truthy(compileLogic(when)(exampleData(example.values)))
const paid = (operator: string, fen: number) => ({ [operator]: [v('order.paidFen'), fen] })
const first = (rows: TableRow[]) => analyseTable(rows, fields, { hits: 'first' })

const warehouse = table(
  [{ '>=': [v('stock.own.available'), v('stock.own.need')] }, '锁定并发货'],
  [{ and: [v('stock.near.covers'), { '<': [v('stock.near.distanceKm'), 200] }] }, '生成调拨单'],
  [v('order.urgent'), '触发采购'],
)

describe('the analysis of a decision table', () => {
  it('finds orders that no row fits, with an example in words', () => {
    const { gap, neverWin, isComplete } = first(warehouse)
    expect(neverWin).toEqual([])
    expect(isComplete).toBe(true)
    expect(warehouse.some(({ when }) => holds(when, gap!))).toBe(false)
    expect(exampleWords(gap!, fields).zh).toBe(
      '本仓可用 1 件、需要 2 件、邻近仓够货 是、邻近仓距离 250 km、急单 否',
    )
  })

  it('finds rows that overlap, and gives an order the row above wins', () => {
    const { overlaps } = first(warehouse)
    expect(overlaps.map(each => [each.first, each.second])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
    ])
    for (const { first: a, second: b, example } of overlaps) {
      expect(holds(warehouse[a]!.when, example) && holds(warehouse[b]!.when, example)).toBe(true)
    }
  })

  it('tells which row above takes all orders of a row', () => {
    const { neverWin } = first(
      table([paid('>=', 50_000), 'A'], [v('order.urgent'), 'B'], [paid('>', 60_000), 'C']),
    )
    expect(neverWin).toMatchObject([{ row: 2, takenBy: [0], example: { goesTo: 0 } }])
    expect(exampleWords(neverWin[0]!.example!, fields).zh).toBe('实付金额 ¥800.00')
  })

  it('sees that several rows together take all orders of a row', () => {
    const rows = table(
      [paid('<', 50_000), 'A'],
      [v('order.urgent'), 'B'],
      [paid('>=', 50_000), 'C'],
      [true, 'D'],
    )
    expect(first(rows).neverWin).toMatchObject([{ row: 3, takenBy: [0, 2] }])
    expect(first(rows).gap).toBeUndefined()
  })

  it('sees a row that contradicts itself', () => {
    const rows = table([{ and: [paid('<', 100), paid('>', 200)] }, 'A'])
    expect(first(rows).neverWin).toEqual([{ row: 0, takenBy: [], example: undefined }])
  })

  it('knows that amounts and pieces are whole: nothing is between 1 and 2 pieces', () => {
    const pieces = (operator: string, count: number) => ({ [operator]: [v('stock.own.available'), count] })
    const rows = table([{ and: [pieces('>', 1), pieces('<', 2)] }, 'A'])
    expect(first(rows).neverWin).toHaveLength(1)
    const km = (operator: string, count: number) => ({ [operator]: [v('stock.near.distanceKm'), count] })
    expect(first(table([{ and: [km('>', 1), km('<', 2)] }, 'A'])).neverWin).toEqual([])
  })

  it('follows comparisons from field to field', () => {
    const more = { '>': [v('stock.own.available'), v('stock.own.need')] }
    const rows = table([
      { and: [more, { '>': [v('stock.own.need'), 5] }, { '<=': [v('stock.own.available'), 6] }] },
      'A',
    ])
    expect(first(rows).neverWin).toMatchObject([{ row: 0, takenBy: [] }])
  })

  it('counts an empty field as the conditions do, as 0', () => {
    const km = (operator: string) => ({ [operator]: [v('stock.near.distanceKm'), 200] })
    const rows = table([{ and: [km('<'), { '==': [v('stock.near.distanceKm'), null] }] }, 'A'])
    expect(first(rows).neverWin).toEqual([])
  })

  it('does not report facts that cannot be: enough stock, and yet not covered', () => {
    const enough = { '>=': [v('stock.near.available'), v('stock.near.need')] }
    const near = fields.concat(
      { path: 'stock.near.available', type: 'number', name: { zh: '邻近仓可用', en: 'near stock' } },
      { path: 'stock.near.need', type: 'number', name: { zh: '需要', en: 'need' } },
    )
    const rows = table([enough, 'A'], [v('stock.near.covers'), 'B'])
    expect(analyseTable(rows, near, { hits: 'first' }).neverWin).toMatchObject([{ row: 1, takenBy: [0] }])
  })

  it('takes texts apart: the values of a field, and parts of a note', () => {
    const channel = { in: [v('order.channel'), ['taobao', 'tmall']] }
    const taobao = { '==': [v('order.channel'), 'taobao'] }
    expect(first(table([channel, 'A'], [taobao, 'B'])).neverWin).toMatchObject([{ row: 1, takenBy: [0] }])
    const note = (text: string) => ({ in: [text, v('order.sellerNote')] })
    const rows = table([note('急'), 'A'], [note('加急'), 'B'], [note('慢'), 'C'])
    expect(first(rows).neverWin).toMatchObject([{ row: 1, takenBy: [0] }])
  })

  it('finds examples also for what asks about the items of an order', () => {
    const total = { reduce: [v('order.items'), { '+': [v('accumulator'), v('current.quantity')] }, 0] }
    const rows = table(
      [{ '>': [total, 10] }, 'A'],
      [{ some: [v('order.items'), { '==': [v('sku'), 'M'] }] }, 'B'],
    )
    const { overlaps, gap, neverWin } = first(rows)
    expect(neverWin).toEqual([])
    expect(holds(rows[0]!.when, gap!) || holds(rows[1]!.when, gap!)).toBe(false)
    expect(overlaps).toHaveLength(1)
  })

  it('claims nothing about what it cannot see through', () => {
    const sum = (limit: number) => ({
      '>': [{ '+': [v('stock.own.available'), v('stock.own.need')] }, limit],
    })
    // Whoever is more than 10 is more than 5, but that takes arithmetic.
    expect(first(table([sum(5), 'A'], [sum(10), 'B'])).neverWin).toEqual([])
  })

  it('leaves rows out that have no condition yet, and then tells of no gap', () => {
    const rows = table([paid('>', 100), 'A'], [undefined, 'B'], ['库存多的时候', 'C'])
    expect(first(rows)).toMatchObject({ neverWin: [], overlaps: [], gap: undefined })
  })

  it('has no row that never wins where all that fit are done, unless it contradicts itself', () => {
    const rows = table([paid('>=', 50_000), 'A'], [paid('>', 60_000), 'B'])
    const { neverWin, overlaps } = analyseTable(rows, fields, { hits: 'all' })
    expect(neverWin).toEqual([])
    expect(overlaps).toHaveLength(1)
  })

  it('does not speak of overlaps of rows that do the same', () => {
    expect(first(table([paid('>', 100), 'A'], [v('order.urgent'), 'A'])).overlaps).toEqual([])
  })

  it('says so when it had to stop early', () => {
    const { isComplete } = analyseTable(warehouse, fields, { hits: 'first', budget: 1 })
    expect(isComplete).toBe(false)
  })

  it('takes 200 rows in its stride', () => {
    const rows = table(
      ...Array.from({ length: 200 }, (_, n): readonly [unknown, string] => [
        { and: [paid('>=', n * 1_000), paid('<', (n + 1) * 1_000), v('order.urgent')] },
        `${n % 9}`,
      ]),
    )
    const { isComplete, neverWin, gap } = first(rows)
    expect(isComplete).toBe(true)
    expect(neverWin).toEqual([])
    expect(gap).toBeDefined()
  })
})

describe('the analysis against every order there is', () => {
  const small: readonly FieldSpec[] = [
    { path: 'a', type: 'number', name: { zh: '甲', en: 'a' }, unit: { zh: '件', en: 'pcs' } },
    { path: 'b', type: 'number', name: { zh: '乙', en: 'b' }, unit: { zh: '件', en: 'pcs' } },
    { path: 'c', type: 'boolean', name: { zh: '丙', en: 'c' } },
    { path: 's', type: 'string', name: { zh: '丁', en: 's' } },
    { path: 'n', type: 'string', name: { zh: '戊', en: 'n' } },
    { path: 'o', type: 'number', name: { zh: '己', en: 'o' }, unit: { zh: '件', en: 'pcs' }, optional: true },
  ]
  const count = fc.integer({ min: 0, max: 4 })
  const text = fc.constantFrom('x', 'y', 'xy')
  const order = fc.constantFrom('<', '<=', '>', '>=', '==', '!=')
  const number = fc.constantFrom(v('a'), v('b'), v('o'))
  const test = fc.oneof(
    fc.tuple(order, number, count).map(([name, field, value]) => ({ [name]: [field, value] })),
    fc.tuple(order, count, number).map(([name, value, field]) => ({ [name]: [value, field] })),
    fc.tuple(order, number, number).map(([name, a, b]) => ({ [name]: [a, b] })),
    fc.tuple(count, number, count).map(([low, field, high]) => ({ '<=': [low, field, high] })),
    fc.constantFrom(v('c'), v('a'), v('s'), v('o'), { '!!': v('n') }, { '==': [v('o'), null] }),
    fc.tuple(fc.constantFrom('==', '!='), text).map(([name, value]) => ({ [name]: [v('s'), value] })),
    fc.array(text, { maxLength: 3 }).map(values => ({ in: [v('s'), values] })),
    text.map(value => ({ in: [value, v('n')] })),
    fc
      .tuple(fc.constantFrom('starts_with', 'ends_with'), text)
      .map(([name, value]) => ({ [name]: [v('n'), value] })),
  )
  const { rule } = fc.letrec<{ rule: unknown }>(tie => ({
    rule: fc.oneof(
      { maxDepth: 2 },
      test,
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map(parts => ({ and: parts })),
      fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map(parts => ({ or: parts })),
      tie('rule').map(part => ({ '!': part })),
    ),
  }))
  const numbers = [0, 1, 2, 3, 4, 5, 6]
  const notes = ['', 'x', 'y', 'xy', 'z', 'x-y', 'y-x', 'zx', 'zyz', 'xzxy', 'zxyz']
  const orders = numbers.flatMap(a =>
    numbers.flatMap(b =>
      [false, true].flatMap(c => ['', 'x', 'y', 'xy', 'z'].flatMap(s => notes.map(n => ({ a, b, c, s, n })))),
    ),
  )

  it('is right about every small table', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(null, 0, 1, 3, 5, 7),
        (rules, o) => {
          const rows = table(...rules.map((when, index): readonly [unknown, string] => [when, `${index}`]))
          const { neverWin, overlaps, gap, isComplete } = analyseTable(rows, small, { hits: 'first' })
          expect(isComplete).toBe(true)
          const compiled = rules.map(when => compileLogic(when))
          const winner = (data: unknown) => compiled.findIndex(evaluate => truthy(evaluate(data)))
          const winners = new Set(orders.map(data => winner({ ...data, o })))
          expect(neverWin.filter(({ row }) => winners.has(row))).toEqual([])
          if (winners.has(-1)) expect(gap).toBeDefined()
          if (gap) expect(winner(exampleData(gap.values))).toBe(-1)
          for (const { takenBy, example } of neverWin) {
            if (example) expect(winner(exampleData(example.values))).toBe(example.goesTo)
            else expect(takenBy).toEqual([])
          }
          for (const { first: a, second: b, example } of overlaps) {
            expect(winner(exampleData(example.values))).toBe(a)
            expect(holds(rules[b], example)).toBe(true)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
