import { describe, expect, it } from 'vitest'
import type { T } from '../../../editor/i18n/i18n.ts'
import { type Choice, catalog, distinctName, typedField } from '../../../editor/rules/catalog.ts'
import { clockText, parseClock } from '../../../editor/rules/clock.ts'
import { comparisonsFor, likeliest, withComparison } from '../../../editor/rules/comparisons.ts'
import { fieldSections } from '../../../editor/rules/field-sections.ts'
import { findingsOf, nodeAt } from '../../../editor/rules/findings.ts'
import { about, begun, lineOf, subgroup, withPart } from '../../../editor/rules/make-line.ts'
import { read, write, writeNode } from '../../../editor/rules/model.ts'
import { partnersOf } from '../../../editor/rules/partners.ts'
import { searched } from '../../../editor/rules/picking.ts'
import { initials } from '../../../editor/rules/pinyin.ts'
import { edit, emptyTree, type Line, type RuleNode } from '../../../editor/rules/tree.ts'
import { entriesOf, realValue, revived, verdictOf } from '../../../editor/rules/verdict.ts'
import { stockFields } from '../../../server/nodes/fields.ts'
import type { FieldType } from '../../../server/workflow/field.ts'
import { baseFields, orderFields } from '../../../server/workflow/order-fields.ts'
import { v } from '../../workflow/logic/fields.ts'

const fields = [...baseFields, ...orderFields, ...stockFields]
const naming = {
  t: ((key: string, holes: Record<string, string> = {}) =>
    [key, ...Object.values(holes)].join(' ')) as unknown as T,
  say: (text: { zh: string } | undefined) => text?.zh ?? '',
}
const choices = catalog(fields, [], naming)

function choice(key: string): Choice {
  const found = choices.find(each => each.key === key)
  if (!found) throw new Error(`No choice ${key}`)
  return found
}

function asLine(node: RuleNode): Line {
  if (node.kind !== 'line') throw new Error('No line')
  return node
}

describe('the field list', () => {
  it('has fields, sums and counts of lists, and the fields of their entries', () => {
    for (const key of ['order.urgent', 'order.items[]sku', 'order.items+quantity', 'order.items.length'])
      expect(choice(key).key).toBe(key)
  })

  it('puts stock on top after a lookup, and names each thing once', () => {
    const [top, ...others] = fieldSections(choices, [], naming)
    expect(top?.picks.slice(0, 3).map(({ key }) => key)).toEqual([
      'stock.own.available',
      'stock.near.covers',
      'stock.near.distanceKm',
    ])
    const keys = [top!, ...others].flatMap(({ picks }) => picks.map(({ key }) => key))
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toHaveLength(choices.length)
  })

  it('shows what the sample order has', () => {
    const sample = { order: { paidFen: 19_900, items: [{ sku: 'A', quantity: 2 }] } }
    const picks = fieldSections(choices, [sample], naming).flatMap(section => section.picks)
    const shown = (key: string) => picks.find(pick => pick.key === key)?.value
    expect([shown('order.paidFen'), shown('order.items[]sku'), shown('order.items+quantity')]).toEqual([
      '¥199.00',
      'A',
      '2 件',
    ])
  })

  it('marks what only some of the ways bring', () => {
    const some = catalog(orderFields, stockFields, naming).find(({ key }) => key === 'stock.own.available')
    expect(some?.isSometimes).toBe(true)
  })

  it.each(['本仓可用', 'bcky', 'own.available', 'own warehouse avail'])('finds a field by %s', search => {
    const [first] = searched(fieldSections(choices, [], naming), search)
    expect(first?.picks[0]?.key).toBe('stock.own.available')
  })

  it('puts what begins with the search before what only holds it', () => {
    const picks = searched(
      [
        {
          picks: [
            { key: 'a', name: '已付金额' },
            { key: 'b', name: '金额' },
          ],
        },
      ],
      '金额',
    )
    expect(picks[0]?.picks.map(({ key }) => key)).toEqual(['b', 'a'])
  })

  it('says whose a name is where several fields share it', () => {
    const need = fields.find(({ path }) => path === 'stock.network.need')!
    expect(distinctName(need, fields, naming)).toContain('全网')
  })
})

describe('pinyin initials', () => {
  it.each([
    ['本仓可用', 'bcky'],
    ['实付金额', 'sfje'],
    ['渠道', 'qd'],
    ['SKU 编码', 'skubm'],
  ])('of %s are %s', (text, letters) => {
    expect(initials(text)).toBe(letters)
  })
})

describe('comparisons', () => {
  it.each<[FieldType, string[]]>([
    ['string', ['is', 'in', 'contains', 'startsWith', 'fails', 'holds']],
    ['number', ['ge', 'gt', 'lt', 'between', 'is']],
    ['money', ['ge', 'between']],
    ['boolean', ['holds', 'fails']],
    ['instant', ['gt', 'lt', 'within']],
    ['list', ['holds', 'contains']],
  ])('of a %s are those its type has', (type, wanted) => {
    expect(comparisonsFor({ type })).toEqual(expect.arrayContaining(wanted))
  })

  it('ask for emptiness of numbers only where they can be empty', () => {
    expect(comparisonsFor({ type: 'number' })).not.toContain('isNull')
    expect(comparisonsFor({ type: 'number', optional: true })).toContain('isNull')
  })

  it('start with what most rules ask: enough of something, a short way, a yes', () => {
    const ask = (key: string) => likeliest(choice(key).typed)
    expect([ask('stock.own.available'), ask('stock.near.distanceKm'), ask('order.urgent')]).toEqual([
      'ge',
      'lt',
      'holds',
    ])
  })

  it('keep the value where it fits', () => {
    const line = asLine(read({ '==': [v('order.shop'), 'A'] }).parts[0]!)
    const many = withComparison(line, 'in')
    expect(writeNode(many)).toEqual({ in: [v('order.shop'), ['A']] })
    expect(writeNode(withComparison(many, 'isNot'))).toEqual({ '!=': [v('order.shop'), 'A'] })
    expect(writeNode(withComparison(line, 'holds'))).toEqual(v('order.shop'))
    expect(writeNode(withComparison(line, 'between'))).toBeUndefined()
  })
})

describe('a new line', () => {
  it('about a yes-or-no field is finished at once', () => {
    expect(writeNode(begun(choice('order.urgent')))).toEqual(v('order.urgent'))
  })

  it('about a number waits for its value', () => {
    expect(writeNode(begun(choice('stock.own.available')))).toBeUndefined()
  })

  it('about a field of the items asks for at least one of them', () => {
    const each = begun(choice('order.items[]sku'))
    expect(each).toMatchObject({ kind: 'each', quantifier: 'some', list: 'order.items' })
    expect(lineOf(each)).toMatchObject({ kind: 'line', left: { kind: 'field', path: 'sku' } })
  })

  it('keeps comparison and value when it is about another field of the same kind and unit', () => {
    const line = asLine(read({ '<': [v('stock.own.available'), 5] }).parts[0]!)
    const before = typedField(fields.find(({ path }) => path === 'stock.own.available')!)
    const same = about(line, choice('stock.near.available'), before)
    expect(same && writeNode(same)).toEqual({ '<': [v('stock.near.available'), 5] })
    const other = about(line, choice('order.paidFen'), before)
    expect(other).toMatchObject({ op: 'lt', right: [] })
  })

  it('in a new group is joined the other way than those around it', () => {
    const tree = emptyTree()
    const line = begun(choice('order.urgent'))
    const whole = withPart(withPart(tree, begun(choice('stock.near.covers'))), subgroup(tree, line))
    expect(whole.parts[1]).toMatchObject({ kind: 'group', join: 'any', parts: [line] })
  })
})

describe('the natural partner', () => {
  const partners = (path: string) =>
    partnersOf({ kind: 'field', path }, typedField(fields.find(field => field.path === path)!), fields).map(
      field => field.path,
    )

  it('of what is available is what is needed', () => {
    expect(partners('stock.own.available')).toEqual(['stock.own.need'])
  })

  it('is never of another unit', () => {
    expect(partners('stock.near.distanceKm')).toEqual([])
  })
})

describe('the sample order', () => {
  const data = {
    stock: { own: { available: 12, need: 2 } },
    order: { orderedAt: '2026-10-01T02:00:00Z', items: [{ quantity: 1 }, { quantity: 3 }] },
  }

  it('shows of each part whether it holds', () => {
    const tree = read({
      and: [{ '>=': [v('stock.own.available'), v('stock.own.need')] }, { '>': [v('stock.own.need'), 9] }],
    })
    expect(tree.parts.map(part => verdictOf(part, [data])?.holds)).toEqual([1, 0])
    expect(verdictOf(tree, [data])).toEqual({ holds: 0, of: 1 })
  })

  it('counts the entries of a list that a part holds for', () => {
    const [part] = read({ '>': [v('quantity'), 2] }).parts
    expect(verdictOf(part!, entriesOf('order.items', [data]))).toEqual({ holds: 1, of: 2 })
  })

  it('has no verdict on what is unfinished', () => {
    expect(verdictOf(begun(choice('order.paidFen')), [data])).toBeUndefined()
  })

  it('has its times as times again', () => {
    const alive = revived(data, fields)
    const [late] = read({ '>': [v('order.orderedAt'), { instant: ['2026-10-01T09:00:00+08:00'] }] }).parts
    expect(verdictOf(late!, [alive])?.holds).toBe(1)
    expect(data.order.orderedAt).toBe('2026-10-01T02:00:00Z')
  })

  it('tells the real value of a sum', () => {
    expect(realValue({ kind: 'sum', list: 'order.items', path: 'quantity' }, data)).toBe(4)
  })
})

describe('what is wrong', () => {
  it('stands at the line it is wrong with', () => {
    const tree = read({ and: [v('order.urgent'), { '<': [v('stock.near.distanceKm'), 200] }] })
    const found = findingsOf(tree, fields).get(tree.parts[1]!.id)
    expect(found?.map(({ code }) => code)).toEqual(['EMPTY_COUNTS_AS_ZERO'])
  })

  it('stands at the line also in groups, negations and lists', () => {
    const rule = {
      and: [
        { '!': [{ or: [v('order.urgent'), { '>': [v('order.shop'), 1] }] }] },
        { some: [v('order.items'), { and: [v('sku'), { '>': [v('nope'), 1] }] }] },
      ],
    }
    const tree = read(rule)
    const written = [...findingsOf(tree, fields).keys()].map(id => {
      let found: unknown
      edit(tree, id, node => {
        found = writeNode(node)
        return node
      })
      return found
    })
    expect(written).toEqual([{ '>': [v('order.shop'), 1] }, { '>': [v('nope'), 1] }])
  })

  it('of two lines that cannot hold together stands at the group around them', () => {
    const tree = read({ and: [{ '>': [v('order.paidFen'), 900] }, { '<': [v('order.paidFen'), 100] }] })
    expect(findingsOf(tree, fields).get(tree.id)?.[0]?.code).toBe('NEVER_TRUE')
  })

  it('that only the server knows is told as well, once', () => {
    const tree = read({ '>': [v('order.paidFen'), 1.5] })
    const told = (code: string) => ({
      code,
      severity: 'error' as const,
      message: { zh: 'x', en: 'x' },
      at: '>/1',
    })
    const codes = [...findingsOf(tree, fields, [told('NOT_FEN'), told('ELSEWHERE')]).values()].flat()
    expect(codes.map(({ code }) => code)).toEqual(['NOT_FEN', 'ELSEWHERE'])
  })

  it('is looked for only where fields are in sight', () => {
    expect(findingsOf(read(v('order.urgent')), []).size).toBe(0)
  })

  it('finds the part a path points into', () => {
    const tree = read({ and: [v('order.urgent')] })
    expect(writeNode(nodeAt(tree, 'and/0/var/0'))).toEqual(v('order.urgent'))
    expect(write(tree)).toEqual({ and: [v('order.urgent')] })
  })
})

describe('a time of day', () => {
  it.each([
    ['00:00', 0],
    ['9:05', 545],
    ['22：30', 1_350],
    ['23:59', 1_439],
  ])('%s is minute %d', (text, minutes) => {
    expect(parseClock(text)).toBe(minutes)
  })

  it('beyond the clock is none', () => {
    expect(['24:00', '12:60', '12', ''].map(parseClock)).toEqual(Array(4).fill(undefined))
    expect(clockText(1_350)).toBe('22:30')
  })
})
