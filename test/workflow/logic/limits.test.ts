import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkLimits, ruleLimits } from '../../../server/workflow/logic/limits.ts'
import { anyRule } from './any-rule.ts'
import { nested } from './nested.ts'

const codes = (rule: unknown) => checkLimits(rule).map(({ code, at }) => `${code} ${at}`)
const loop = (body: unknown) => ({ some: [{ var: 'items' }, body] })

describe('checkLimits', () => {
  it('finds nothing wrong with an ordinary rule', () => {
    expect(
      checkLimits({
        and: [{ '>': [{ var: 'a' }, 1] }, { in: [{ var: 'b' }, ['x', 'y']] }, { '!': { var: 'c' } }],
      }),
    ).toEqual([])
  })

  it.each([
    ['as deep as allowed', nested(31), []],
    ['one level too deep', { '!': { '!': { '!': nested(31) } } }, ['RULE_TOO_DEEP ']],
    ['20,000 levels deep', nested(10_000), ['RULE_TOO_DEEP ']],
    ['as many parts as allowed', { in: [1, new Array(ruleLimits.parts - 3).fill(1)] }, []],
    ['one part too many', { in: [1, new Array(ruleLimits.parts - 2).fill(1)] }, ['RULE_TOO_LARGE ']],
    ['a text as long as allowed', { '==': [{ var: 'a' }, 'x'.repeat(ruleLimits.text)] }, []],
    [
      'a text one character too long',
      { '==': [{ var: 'a' }, 'x'.repeat(ruleLimits.text + 1)] },
      ['TEXT_TOO_LONG ==/1'],
    ],
    ['two loops inside one another', loop(loop({ var: 'a' })), []],
    ['three loops inside one another', loop(loop(loop({ var: 'a' }))), ['LOOPS_TOO_DEEP some/1/some/1']],
    ['a loop over a filtered list', { some: [{ filter: [{ map: [{ var: 'a' }, 1] }, true] }, true] }, []],
  ])('%s', (_, rule, expected) => {
    expect(codes(rule)).toEqual(expected)
  })

  it('refuses objects with no operator and with several: they would always hold', () => {
    expect(codes({})).toEqual(['NOT_ONE_OPERATOR '])
    expect(codes({ and: [true, { '>': [1, 2], '<': [1, 2] }] })).toEqual(['NOT_ONE_OPERATOR and/1'])
  })

  it('names the operator that was most likely meant', () => {
    const [problem] = checkLimits({ start_with: [{ var: 'a' }, 'b'] })
    expect(problem).toMatchObject({ code: 'UNKNOWN_OPERATOR', at: '' })
    expect(problem?.message.zh).toContain('是不是「starts_with」')
    expect(problem?.message.en).toContain('did you mean "starts_with"')
  })

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('knows no operator %s', name => {
    expect(codes(JSON.parse(`{"${name}": [1, 2]}`))).toEqual(['UNKNOWN_OPERATOR '])
  })

  it.each([
    [{ '>': [1] }, 'WRONG_ARGUMENTS '],
    [{ '>': [1, 2, 3] }, 'WRONG_ARGUMENTS '],
    [{ and: [{ some: [{ var: 'a' }] }, true] }, 'WRONG_ARGUMENTS and/0'],
    [{ within_minutes: [1, 2] }, 'WRONG_ARGUMENTS '],
    [{ and: [] }, 'WRONG_ARGUMENTS '],
  ])('refuses the wrong number of arguments: %j', (rule, expected) => {
    expect(codes(rule)).toContain(expected)
  })

  it.each([
    [undefined],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [() => 1],
    [10n],
    [new Date(0)],
    [new Map()],
  ])('refuses what JSON cannot hold: %s', value => {
    expect(codes({ '==': [{ var: 'a' }, value] })).toEqual(['NOT_JSON ==/1'])
  })

  it('survives a rule that holds itself', () => {
    const rule: { and: unknown[] } = { and: [] }
    rule.and.push(rule)
    expect(codes(rule)).toEqual(['RULE_TOO_DEEP '])
  })

  it('tells at most twenty problems of one rule', () => {
    expect(checkLimits(new Array(500).fill({ nope: 1 }))).toHaveLength(20)
  })

  it('never throws, whatever the rule', () => {
    fc.assert(fc.property(fc.anything(), value => Array.isArray(checkLimits(value))))
    fc.assert(fc.property(anyRule({ nasty: true, ours: true }), rule => Array.isArray(checkLimits(rule))))
  })
})
