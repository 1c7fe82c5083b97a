import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { firstHit } from '../../../server/workflow/logic/first-hit.ts'
import { siteReader } from '../../../server/workflow/logic/read-sites.ts'
import { applyReference } from '../../../server/workflow/logic/reference.ts'
import { truthy } from '../../../server/workflow/logic/values.ts'
import { commonData, commonRule } from './common-rule.ts'
import { outcome } from './outcome.ts'

const RUNS = Number(process.env.LOGIC_RUNS ?? 5_000)

describe('rules of the shapes that have closures of their own', () => {
  it('give what the reference gives, of plain data and of any other', () => {
    fc.assert(
      fc.property(commonRule, commonData, (rule, data) => {
        const theirs = outcome(() => applyReference(rule, data))
        for (const run of [compileLogic(rule), compileLogic(rule, siteReader)]) {
          const ours = outcome(() => run(data))
          if (!isDeepStrictEqual(ours, theirs))
            expect({ rule, data, ours }).toEqual({ rule, data, ours: theirs })
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('give the same after thousands of evaluations on data of one shape, when the machine has specialised them', () => {
    const rule = {
      and: [
        { '>=': [{ var: 'stock.local' }, { var: 'order.qty' }] },
        { '==': [{ var: 'order.urgent' }, true] },
        { '!=': [{ var: 'order.shop' }, 'A'] },
      ],
    }
    const run = compileLogic(rule, siteReader)
    for (let n = 0; n < 20_000; n++) {
      expect(run({ stock: { local: n % 3 }, order: { qty: 1, urgent: true, shop: 'B' } }) === true).toBe(
        n % 3 > 0,
      )
    }
    const odd: readonly unknown[] = [
      { stock: { local: '3' }, order: { qty: 1, urgent: 'true', shop: null } },
      { stock: { local: '3' }, order: { qty: null, urgent: 1 } },
      { stock: { local: new Date(5) }, order: { qty: new Date(5), urgent: true, shop: ['A'] } },
      { stock: Object.create({ local: 3 }), order: { qty: 1, urgent: true } },
      { stock: [], order: 'text' },
      { stock: null, order: undefined },
      { order: { qty: -1, urgent: true, shop: '' } },
      null,
      undefined,
      'text',
      7,
    ]
    for (const data of odd) expect(run(data), JSON.stringify(data)).toBe(applyReference(rule, data))
  })
})

describe('firstHit', () => {
  const held = fc.constantFrom<unknown>(true, false, 1, 0, '', 'a', null, [], [0], Number.NaN)

  it('is the first condition that is true, as JsonLogic has it', () => {
    fc.assert(
      fc.property(fc.array(held, { maxLength: 14 }), values => {
        const hit = firstHit(values.map(value => () => value))
        expect(hit({})).toBe(values.findIndex(truthy))
      }),
    )
  })

  it('asks no condition behind it', () => {
    for (let at = 0; at < 10; at++) {
      const asked: number[] = []
      const conditions = Array.from({ length: 10 }, (_, index) => () => {
        asked.push(index)
        return index === at
      })
      expect(firstHit(conditions)({})).toBe(at)
      expect(asked).toEqual(Array.from({ length: at + 1 }, (_, index) => index))
    }
  })
})
