import { describe, expect, it } from 'vitest'
import { compileReads } from '../../../server/workflow/logic/reads.ts'
import { variablesOf } from '../../../server/workflow/logic/variables.ts'
import { nested } from './nested.ts'

const v = (path: unknown) => ({ var: path })

describe('variablesOf', () => {
  it.each([
    [
      'each path once, in reading order',
      { and: [{ '>': [v('b'), 1] }, v('a'), { '!': v('b') }] },
      ['b', 'a'],
    ],
    ['paths given in a list, with a fallback', { '+': [v(['a']), v(['b', v('c')])] }, ['a', 'b', 'c']],
    ['numbers as paths', v(1), ['1']],
    ['all of the data as the empty path', v(''), ['']],
    ['the parts of a path that is worked out', v({ cat: ['a.', v('b')] }), ['b']],
    ['the keys of missing', { missing: ['a', 'b.c'] }, ['a', 'b.c']],
    ['the keys of missing_some', { missing_some: [1, ['a', 'b']] }, ['a', 'b']],
    ['nothing of a constant', { '>': [1, 2] }, []],
    ['nothing of an object that is no operation', { a: v('x'), b: 1 }, []],
    [
      'what a loop reads of entries',
      { some: [v('order.items'), { '>': [v('quantity'), 1] }] },
      ['order.items', 'order.items[].quantity'],
    ],
    ['entries that are values', { all: [v('tags'), { '==': [v(''), 'a'] }] }, ['tags', 'tags[]']],
    ['a loop in a loop', { some: [v('a'), { none: [v('b'), v('c')] }] }, ['a', 'a[].b', 'a[].b[].c']],
    ['a loop over a filtered list', { map: [{ filter: [v('a'), v('x')] }, v('y')] }, ['a', 'a[].x', 'a[].y']],
    [
      'reduce by its current entry',
      { reduce: [v('a'), { '+': [v('current.n'), v('accumulator')] }, v('start')] },
      ['a', 'a[].n', 'start'],
    ],
    [
      'nothing of entries the rule made itself',
      { some: [{ map: [v('a'), v('n')] }, { '>': [v(''), 1] }] },
      ['a', 'a[].n'],
    ],
  ])('finds %s', (_, rule, expected) => {
    expect(variablesOf(rule)).toEqual(expected)
  })

  it('refuses a rule too deep to be walked', () => {
    expect(() => variablesOf(nested(20_000))).toThrow(expect.objectContaining({ code: 'RULE_TOO_DEEP' }))
  })
})

describe('compileReads', () => {
  const rule = {
    and: [
      { '>': [v('order.paidFen'), 1] },
      { starts_with: [v('order.phone'), '138'] },
      v('order.items'),
      v('order.sellerNote'),
      v('order.paidAt'),
      { some: [v('order.items'), v('sku')] },
    ],
  }

  it('notes what a condition saw, flat and small', () => {
    const orderedAt = new Date(0)
    const data = {
      order: { paidFen: 5, paidAt: orderedAt, items: [{ sku: 'A' }], sellerNote: 'x'.repeat(500) },
    }
    expect(compileReads(rule)(data)).toEqual({
      'order.paidFen': 5,
      'order.paidAt': orderedAt,
      'order.sellerNote': `${'x'.repeat(120)}…`,
    })
  })

  it('masks what identifies a buyer', () => {
    expect(compileReads(rule)({ order: { phone: '13812340000' } })).toEqual({ 'order.phone': '138****0000' })
  })

  it('leaves out what is not there', () => {
    expect(compileReads(rule)({})).toEqual({})
  })
})
