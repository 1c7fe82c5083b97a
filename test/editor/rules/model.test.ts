import { existsSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { read, write } from '../../../editor/rules/model.ts'
import { edit, type RuleNode } from '../../../editor/rules/tree.ts'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { truthy } from '../../../server/workflow/logic/values.ts'
import { anyData, anyRule } from '../../workflow/logic/any-rule.ts'
import { v } from '../../workflow/logic/fields.ts'

const dialect = { nasty: true, ours: true }
const LIBRARY = join(import.meta.dirname, '../../../rules-library')
const suite = new URL('../../../../shared/data/jsonlogic/tests.json', import.meta.url)

/** The same condition as if every part of it had been clicked together anew. */
function rebuilt<N extends RuleNode>(node: N): N {
  const { source: _, ...own } = node as RuleNode
  if (own.kind === 'group') return { ...own, parts: own.parts.map(rebuilt) } as RuleNode as N
  return (own.kind === 'each' ? { ...own, inner: rebuilt(own.inner) } : own) as RuleNode as N
}

function outcome(rule: unknown, data: unknown): unknown {
  try {
    return truthy(compileLogic(rule)(data))
  } catch (failure) {
    return failure instanceof Error ? failure.name : failure
  }
}

describe('a condition opened in the builder', () => {
  it('is written again as it was, whatever it is', () => {
    fc.assert(
      fc.property(anyRule(dialect), rule => {
        expect(write(read(rule))).toEqual(rule)
      }),
      { numRuns: 2_000 },
    )
  })

  it('means the same when every line the builder shows is written anew', () => {
    let lines = 0
    fc.assert(
      fc.property(anyRule(dialect), anyData(dialect), (rule, data) => {
        const tree = read(rule)
        const again = write(rebuilt(tree))
        if (again === undefined) return
        lines += tree.parts.filter(part => part.kind !== 'expression').length
        expect(outcome(again, data)).toEqual(outcome(rule, data))
      }),
      { numRuns: 5_000 },
    )
    expect(lines).toBeGreaterThan(500)
  })

  it('means the same also where sides are exchanged, negated and ranged over', () => {
    const reading = fc.constantFrom(v('n'), v('s'), { '+': [v('n'), 1] })
    const constant = fc.constantFrom<unknown>(-1, 0, 1, 2, '1', 'a', 'ab', true, false, null, ['a', 1], [])
    const side = fc.oneof({ weight: 4, arbitrary: reading }, { weight: 4, arbitrary: constant })
    const names = [
      '==',
      '===',
      '!=',
      '!==',
      '>',
      '>=',
      '<',
      '<=',
      'in',
      'starts_with',
      'ends_with',
      'has_any',
    ]
    const two = fc
      .tuple(fc.constantFrom(...names), side, side)
      .map(([name, a, b]): unknown => ({ [name]: [a, b] }))
    const three = fc
      .tuple(fc.constantFrom('<', '<='), side, side, side)
      .map(([name, a, b, c]): unknown => ({ [name]: [a, b, c] }))
    const plain = fc.oneof(two, three, reading)
    const any = fc
      .tuple(plain, fc.constantFrom('', '!', '!!', 'not-list'))
      .map(([rule, how]): unknown =>
        how === '' ? rule : how === 'not-list' ? { '!': rule } : { [how]: [rule] },
      )
    const data = fc.record({
      n: fc.constantFrom(-1, 0, 1, 2, null),
      s: fc.constantFrom('', 'a', 'ab', '1', null),
    })
    let lines = 0
    fc.assert(
      fc.property(any, data, (rule, values) => {
        const tree = read(rule)
        expect(write(tree)).toEqual(rule)
        const again = write(rebuilt(tree))
        if (again === undefined) return
        if (tree.parts.some(({ kind }) => kind === 'line')) lines += 1
        expect(outcome(again, values)).toEqual(outcome(rule, values))
      }),
      { numRuns: 6_000 },
    )
    expect(lines).toBeGreaterThan(2_000)
  })

  it('of the public JsonLogic suite is written again as it was', () => {
    if (!existsSync(suite)) return
    const cases = (JSON.parse(readFileSync(suite, 'utf8')) as unknown[]).filter(Array.isArray)
    expect(cases.length).toBeGreaterThan(200)
    for (const [rule] of cases) expect(write(read(rule))).toEqual(rule)
  })

  it('of the rules library shows as lines only, and is written again as it was', async () => {
    const names = (await readdir(LIBRARY, { recursive: true })).filter(name => name.endsWith('.json'))
    const rules: unknown[] = []
    for (const name of names) collect(JSON.parse(await readFile(join(LIBRARY, name), 'utf8')), rules)
    expect(rules.length).toBeGreaterThan(2)
    for (const rule of rules) {
      expect(write(read(rule))).toEqual(rule)
      expect(kinds(read(rule))).not.toContain('expression')
    }
  })
})

function collect(part: unknown, rules: unknown[]): void {
  if (typeof part !== 'object' || part === null) return
  for (const [key, value] of Object.entries(part)) {
    if ((key === 'when' || key === 'unless') && typeof value === 'object') rules.push(value)
    else collect(value, rules)
  }
}

function kinds(node: RuleNode): string[] {
  if (node.kind === 'group') return node.parts.flatMap(kinds)
  return node.kind === 'each' ? kinds(node.inner) : [node.kind]
}

const own = { '>=': [v('stock.own.available'), v('stock.own.need')] }
const near = { and: [v('stock.near.covers'), { '<': [v('stock.near.distanceKm'), 200] }] }

describe('reading', () => {
  it('shows each of the operators as a line', () => {
    const shown: readonly (readonly [rule: unknown, op: string])[] = [
      [v('order.urgent'), 'holds'],
      [{ '!': v('order.urgent') }, 'fails'],
      [{ '!!': [v('order.buyerNote')] }, 'holds'],
      [{ '==': [v('order.shop'), 'A'] }, 'is'],
      [{ '===': ['A', v('order.shop')] }, 'is'],
      [{ '!=': [v('order.paidAt'), null] }, 'notNull'],
      [own, 'ge'],
      [{ '<': [10, v('order.paidFen')] }, 'gt'],
      [{ '<=': [1, v('order.paidFen'), 9] }, 'between'],
      [{ '<': [1, v('order.paidFen'), 9] }, 'inside'],
      [{ in: [v('order.channel'), ['jd', 'tmall']] }, 'in'],
      [{ '!': [{ in: [v('order.channel'), ['jd']] }] }, 'notIn'],
      [{ in: ['急', v('order.buyerNote')] }, 'contains'],
      [{ '!': { in: ['急', v('order.buyerNote')] } }, 'notContains'],
      [{ starts_with: [v('order.phone'), '138'] }, 'startsWith'],
      [{ has_any: [v('order.buyerNote'), ['急', '快']] }, 'hasAny'],
      [{ within_minutes: [v('order.orderedAt'), v('event.receivedAt'), 30] }, 'within'],
      [{ '>=': [{ time_of_day: [v('order.orderedAt')] }, 1_320] }, 'ge'],
    ]
    for (const [rule, op] of shown)
      expect(read(rule).parts).toEqual([expect.objectContaining({ kind: 'line', op })])
  })

  it('shows the sum over a list and conditions on its entries', () => {
    const sum = {
      reduce: [v('order.items'), { '+': [{ var: 'current.quantity' }, { var: 'accumulator' }] }, 0],
    }
    expect(read({ '>': [sum, 3] }).parts).toEqual([
      expect.objectContaining({ left: { kind: 'sum', list: 'order.items', path: 'quantity' }, op: 'gt' }),
    ])
    const some = { some: [v('order.items'), { '>': [v('quantity'), 1] }] }
    expect(read(some).parts).toEqual([
      expect.objectContaining({ kind: 'each', quantifier: 'some', list: 'order.items' }),
    ])
  })

  it('keeps what no line can show as an expression between the lines', () => {
    const odd = { '>': [{ '*': [v('stock.own.need'), 2] }, 10] }
    const tree = read({ and: [own, odd] })
    expect(tree.parts.map(({ kind }) => kind)).toEqual(['line', 'expression'])
  })

  it('shows a negated group as such', () => {
    expect(read({ '!': [{ or: [v('order.urgent'), own] }] })).toMatchObject({
      kind: 'group',
      join: 'any',
      negated: true,
    })
  })
})

describe('a change of one line', () => {
  it('leaves the other parts as they were written', () => {
    const untouched = { '===': ['A', v('order.shop')] }
    const tree = read({ and: [untouched, { '>': [v('order.paidFen'), 1] }] })
    const changed = edit(tree, tree.parts[1]!.id, node =>
      node.kind === 'line' ? { ...node, source: undefined, op: 'ge' } : node,
    )
    expect(write(changed)).toEqual({ and: [untouched, { '>=': [v('order.paidFen'), 1] }] })
  })

  it('that leaves it unfinished leaves no condition at all, rather than one that means something else', () => {
    const tree = read(near)
    const changed = edit(tree, tree.parts[1]!.id, node =>
      node.kind === 'line' ? { ...node, source: undefined, right: [] } : node,
    )
    expect(write(changed)).toBeUndefined()
  })

  it('that removes the last line leaves an empty condition', () => {
    const tree = read(own)
    const changed = edit(tree, tree.parts[0]!.id, () => undefined)
    expect(changed.parts).toEqual([])
    expect(write(changed)).toBeUndefined()
  })
})
