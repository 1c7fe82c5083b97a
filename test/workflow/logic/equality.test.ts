import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import jsonLogic from 'json-logic-js'
import { describe, expect, it } from 'vitest'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { siteReader } from '../../../server/workflow/logic/read-sites.ts'
import { applyReference } from '../../../server/workflow/logic/reference.ts'
import { anyData, anyRule, type Dialect } from './any-rule.ts'
import { outcome } from './outcome.ts'

const RUNS = Number(process.env.LOGIC_RUNS ?? 5_000)

function sameOn(dialect: Dialect, reference: (rule: unknown, data: unknown) => unknown): void {
  fc.assert(
    fc.property(anyRule(dialect), anyData(dialect), (rule, data) => {
      const theirs = outcome(() => reference(rule, data))
      for (const run of [compileLogic(rule), compileLogic(rule, siteReader)]) {
        const ours = outcome(() => run(data))
        if (!isDeepStrictEqual(ours, theirs))
          expect({ rule, data, ours }).toEqual({ rule, data, ours: theirs })
      }
    }),
    { numRuns: RUNS },
  )
}

describe('compiled closures', () => {
  it('give what json-logic-js gives, to the sign of zero, on any rule and any data', () => {
    sameOn({ nasty: false, ours: false }, (rule, data) => jsonLogic.apply(rule as boolean, data))
  })

  it('give what the reference gives where prototypes are reached for and with our own operators', () => {
    sameOn({ nasty: true, ours: true }, applyReference)
  })

  it('give the same twice: nothing of one evaluation is left for the next', () => {
    fc.assert(
      fc.property(
        anyRule({ nasty: true, ours: true }),
        anyData({ nasty: true, ours: true }),
        (rule, data) => {
          const run = compileLogic(rule)
          expect(outcome(() => run(data))).toEqual(outcome(() => run(data)))
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
