import { describe, expect, it, vi } from 'vitest'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { nested } from './nested.ts'

describe('compileLogic', () => {
  it('refuses a rule 20,000 levels deep instead of overflowing the stack', () => {
    expect(() => compileLogic(nested(20_000))).toThrow(expect.objectContaining({ code: 'RULE_TOO_DEEP' }))
  })

  it('refuses a list of a million entries instead of overflowing the stack', () => {
    const rule = { in: [{ var: 'sku' }, Array.from({ length: 1_000_000 }, (_, index) => index)] }
    expect(() => compileLogic(rule)).toThrow(expect.objectContaining({ code: 'RULE_TOO_LARGE' }))
  })

  it('compiles a rule as deep as the limit allows', () => {
    expect(compileLogic(nested(31))({ x: true })).toBe(true)
  })

  it('throws for an unknown operator only when it is reached, as the reference does', () => {
    const run = compileLogic({ if: [{ var: 'ok' }, 1, { frobnicate: [1] }] })
    expect(run({ ok: true })).toBe(1)
    expect(() => run({ ok: false })).toThrow(expect.objectContaining({ code: 'UNKNOWN_OPERATOR' }))
  })

  it('takes a name of the prototype of objects for an unknown operator', () => {
    for (const name of [
      'constructor',
      'toString',
      '__proto__',
      'hasOwnProperty',
      'var.prototype.constructor',
    ]) {
      const rule: unknown = JSON.parse(`{"${name}": "a"}`)
      expect(() => compileLogic(rule)({ a: 1 })).toThrow(/Unrecognized/)
    }
  })

  it('stops a reduce that doubles what it carries', () => {
    const doubling = (body: unknown) => ({ reduce: [{ var: 'list' }, body, [1]] })
    const list = Array.from({ length: 1_000 }, (_, index) => index)
    const twice = [{ var: 'accumulator' }, { var: 'accumulator' }]
    for (const body of [{ merge: twice }, { cat: twice }, twice]) {
      expect(() => compileLogic(doubling(body))({ list })).toThrow(
        expect.objectContaining({ code: 'VALUE_TOO_LARGE' }),
      )
    }
  })

  it('makes a list anew for each evaluation', () => {
    const run = compileLogic({ if: [true, ['a', 'b']] })
    const first = run({}) as string[]
    first.push('c')
    expect(run({})).toEqual(['a', 'b'])
  })

  it('finds a value in a long list of constants as it does in a short one', () => {
    const long = Array.from({ length: 500 }, (_, index) => `SKU-${index}`)
    const run = compileLogic({ in: [{ var: 'sku' }, long] })
    expect([run({ sku: 'SKU-499' }), run({ sku: 'SKU-500' }), run({ sku: 0 }), run({})]).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(compileLogic({ in: [{ '+': [{ var: 'x' }] }, long] })({ x: 'abc' })).toBe(false)
  })

  it('works constants out once: a folded rule does not look at the data', () => {
    const data = new Proxy({}, { get: () => expect.unreachable(), has: () => expect.unreachable() })
    expect(compileLogic({ and: [{ '>': [3, 1] }, { '<': [1, { '+': [1, 1] }] }] })(data)).toBe(true)
  })

  it('is silent about log', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    expect(compileLogic({ log: 'secret' })({})).toBe('secret')
    expect(log).not.toHaveBeenCalled()
    log.mockRestore()
  })
})
