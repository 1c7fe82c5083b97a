import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldSpec } from '../../../server/workflow/field.ts'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { contradictions } from '../../../server/workflow/logic/contradiction.ts'
import { rootScope } from '../../../server/workflow/logic/field-scope.ts'
import { truthy } from '../../../server/workflow/logic/values.ts'

const name = { zh: '', en: '' }
const fields: readonly FieldSpec[] = [
  { path: 'n', type: 'number', name },
  { path: 's', type: 'string', name },
  { path: 'b', type: 'boolean', name },
]

// Every value the rules below can tell apart: numbers on, between and beyond the bounds, and nothing at all.
const numbers = [null, ...Array.from({ length: 17 }, (_, index) => index / 2 - 2)]
const worlds = numbers.flatMap(n =>
  [null, '', 'a', 'b', 'z'].flatMap(s => [null, true, false].map(b => ({ n, s, b }))),
)

const bound = fc.integer({ min: -1, max: 5 })
const text = fc.constantFrom('a', 'b', 'c')
const atom = fc.oneof(
  fc
    .tuple(fc.constantFrom('>', '>=', '<', '<=', '==', '!='), bound)
    .map(([op, c]) => ({ [op]: [{ var: 'n' }, c] })),
  fc.tuple(fc.constantFrom('>', '>=', '<', '<='), bound).map(([op, c]) => ({ [op]: [c, { var: 'n' }] })),
  fc.tuple(fc.constantFrom('<', '<='), bound, bound).map(([op, a, c]) => ({ [op]: [a, { var: 'n' }, c] })),
  fc.tuple(fc.constantFrom('===', '!=='), text).map(([op, c]) => ({ [op]: [{ var: 's' }, c] })),
  fc.array(text, { maxLength: 3 }).map(list => ({ in: [{ var: 's' }, list] })),
  fc.constantFrom(
    { var: 'b' },
    { '!!': { var: 'b' } },
    { '==': [{ var: 'b' }, true] },
    { '==': [{ var: 'n' }, null] },
    { '>': [2, 1] },
  ),
)
const { rule } = fc.letrec<{ rule: unknown }>(tie => ({
  rule: fc.oneof(
    { maxDepth: 3 },
    { weight: 3, arbitrary: atom },
    tie('rule').map(inner => ({ '!': inner })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map(parts => ({ and: parts })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map(parts => ({ or: parts })),
  ),
}))

describe('contradictions', () => {
  it('are not claimed where an empty field, which counts as 0 but is no 0, makes the difference', () => {
    const condition = { or: [{ '==': [{ var: 'n' }, 0] }, { '!': { '<=': [0, { var: 'n' }, 0] } }] }
    expect(contradictions(condition, rootScope(fields))).toEqual([])
  })

  it('are never claimed of a condition some order could meet, or fail', () => {
    let claims = 0
    fc.assert(
      fc.property(rule, condition => {
        const claim = contradictions(condition, rootScope(fields)).find(({ at }) => at === '')
        if (!claim) return
        claims += 1
        const run = compileLogic(condition)
        for (const world of worlds)
          expect([world, truthy(run(world))]).toEqual([world, claim.code === 'ALWAYS_TRUE'])
      }),
      { numRuns: 1_500 },
    )
    expect(claims).toBeGreaterThan(100)
  })
})
