import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkCondition } from '../../../server/workflow/logic/check.ts'
import { compileLogic } from '../../../server/workflow/logic/compile.ts'
import { anyRule } from './any-rule.ts'
import { fields, stockFields, v } from './fields.ts'
import { nested } from './nested.ts'

const found = (rule: unknown) => checkCondition(rule, fields).map(({ code, at }) => `${code} ${at}`)
const paid = v('order.paidFen')
const instant = (text: string) => ({ instant: text })

describe('checkCondition', () => {
  it.each([
    ['money with whole fen', { '>': [paid, 9_950] }],
    ['text with text', { '==': [v('order.shop'), '旗舰店'] }],
    ['a field that may be null with null', { '!=': [v('order.paidAt'), null] }],
    ['an instant with an instant', { '>': [v('order.orderedAt'), instant('2024-06-18T00:00:00+08:00')] }],
    ['two fields of one unit', { '>=': [v('stock.own.available'), v('stock.own.need')] }],
    ['a yes-or-no field by itself', v('order.urgent')],
    ['fields of entries inside a loop', { some: [v('order.items'), { '>': [v('quantity'), 5] }] }],
    [
      'a sum over entries',
      { '>': [{ reduce: [v('order.items'), { '+': [v('current.paidFen'), v('accumulator')] }, 0] }, 1_000] },
    ],
    ['the number of entries', { '>': [v('order.items.length'), 1] }],
    ['one entry by its number', { '==': [v('order.items.0.sku'), 'A'] }],
    ['anything below the source document', { '>': [v('source.buyer.level'), 3] }],
    ['time between two instants', { '<': [{ '-': [v('order.orderedAt'), v('event.receivedAt')] }, 60_000] }],
    ['an amount times a number', { '>': [{ '*': [paid, 0.5] }, 1_000] }],
    ['a value in a list', { in: [v('order.address.province'), ['浙江', '江苏']] }],
    ['a text in a text', { in: ['急', v('order.sellerNote')] }],
    ['words in a note', { has_any: [v('order.sellerNote'), ['急', '催']] }],
    ['a time of day with minutes', { '>=': [{ time_of_day: [v('order.orderedAt')] }, 1_320] }],
    ['the last minute of the day', { '==': [{ time_of_day: v('order.orderedAt') }, 1_439] }],
    ['a time of day of another zone', { '<': [{ time_of_day: [v('order.orderedAt'), '+09:00'] }, 0] }],
    ['weekdays in a list', { in: [{ weekday: [v('order.orderedAt')] }, [6, 7]] }],
    [
      'hours over midnight, as either of two',
      {
        or: [
          { '>=': [{ time_of_day: v('order.orderedAt') }, 1_320] },
          { '<': [{ time_of_day: v('order.orderedAt') }, 480] },
        ],
      },
    ],
    ['an "otherwise" row', true],
    ['keys that exist', { '!': { missing: ['order.phone', 'order.address.city'] } }],
    ['a fallback of the same kind', { '>': [{ var: ['order.paidFen', 0] }, 1] }],
  ])('has nothing against %s', (_, rule) => {
    expect(found(rule)).toEqual([])
  })

  it.each([
    ['a field that does not exist', { '>': [v('order.paid'), 1] }, ['FIELD_NOT_HERE >/0']],
    ['a field of prototypes', v('order.constructor'), ['FIELD_NOT_HERE ']],
    ['a key that does not exist', { missing: ['order.nope'] }, ['FIELD_NOT_HERE ']],
    ['a field chosen by the data', { var: { var: 'order.status' } }, ['FIELD_NOT_NAMED ']],
    [
      'a field of the order inside a loop',
      { some: [v('order.items'), v('order.urgent')] },
      ['FIELD_NOT_HERE some/1'],
    ],
    ['a number with text', { '>': [paid, 'abc'] }, ['TYPE_MISMATCH ']],
    ['a number with a numeric text', { '==': [v('stock.own.need'), '2'] }, ['TYPE_MISMATCH ']],
    ['text by size', { '>': [v('order.status'), 'a'] }, ['TYPE_MISMATCH >/0']],
    ['yes or no by size', { '>': [v('order.urgent'), true] }, ['TYPE_MISMATCH >/0']],
    ['an instant with plain text', { '>': [v('order.orderedAt'), '2024-06-18'] }, ['TYPE_MISMATCH ']],
    [
      'a minute no clock shows',
      { '<': [{ time_of_day: v('order.orderedAt') }, 1_440] },
      ['NO_SUCH_TIME </1'],
    ],
    ['half a minute', { '<': [{ time_of_day: v('order.orderedAt') }, 1.5] }, ['NO_SUCH_TIME </1']],
    ['an eighth weekday', { in: [{ weekday: v('order.orderedAt') }, [6, 8]] }, ['NO_SUCH_TIME in/1']],
    ['no weekday at all', { '==': [{ weekday: v('order.orderedAt') }, 0] }, ['NO_SUCH_TIME ==/1']],
    ['a weekday by its name', { '==': [{ weekday: v('order.orderedAt') }, '周六'] }, ['TYPE_MISMATCH ']],
    [
      'the time of day of an amount',
      { '<': [{ time_of_day: paid }, 480] },
      ['TYPE_MISMATCH </0/time_of_day/0'],
    ],
    [
      'a time of day with pieces',
      { '<': [{ time_of_day: v('order.orderedAt') }, v('stock.own.need')] },
      ['UNIT_MISMATCH '],
    ],
    [
      'a zone nobody knows',
      { '<': [{ time_of_day: [v('order.orderedAt'), 'Asia/Nowhere'] }, 480] },
      ['UNKNOWN_ZONE </0/time_of_day/1'],
    ],
    [
      'hours over midnight, both at once',
      {
        and: [
          { '>=': [{ time_of_day: v('order.orderedAt') }, 1_320] },
          { '<': [{ time_of_day: v('order.orderedAt') }, 480] },
        ],
      },
      ['NEVER_TRUE '],
    ],
    ['instants by "is"', { '==': [v('order.orderedAt'), v('order.paidAt')] }, ['TYPE_MISMATCH ==/0']],
    ['a list by "is"', { '==': [v('order.items'), v('order.items')] }, ['TYPE_MISMATCH ==/0']],
    [
      'an instant that is not complete',
      { '>': [v('order.orderedAt'), instant('2024-06-18')] },
      ['NOT_AN_INSTANT >/1/instant/0'],
    ],
    [
      'pieces with kilometres',
      { '>': [v('stock.own.need'), v('stock.near.distanceKm')] },
      ['UNIT_MISMATCH '],
    ],
    ['money with pieces', { '>': [paid, v('stock.own.need')] }, ['UNIT_MISMATCH ']],
    ['money in yuan', { '>': [paid, 99.5] }, ['NOT_FEN >/1']],
    ['a sum of money in yuan', { '>': [{ '+': [paid, 100] }, 99.5] }, ['NOT_FEN >/1']],
    ['text in arithmetic', { '+': [v('order.status'), 1] }, ['TYPE_MISMATCH +/0']],
    ['a number that starts with text', { starts_with: [paid, '1'] }, ['TYPE_MISMATCH starts_with/0']],
    ['a number in a list of texts', { in: [paid, ['a', 'b']] }, ['TYPE_MISMATCH ']],
    ['a number in a text', { in: [paid, v('order.status')] }, ['TYPE_MISMATCH in/0']],
    ['a loop over what is no list', { some: [v('order.status'), true] }, ['TYPE_MISMATCH some/0']],
    [
      'a fallback of another kind',
      { '>': [{ var: ['order.paidFen', 'none'] }, 1] },
      ['TYPE_MISMATCH >/0/var/1'],
    ],
    [
      'minutes that are text',
      { within_minutes: [v('order.orderedAt'), v('event.receivedAt'), '3'] },
      ['TYPE_MISMATCH within_minutes/2'],
    ],
    [
      'each fault of several',
      { and: [{ '>': [v('x'), 1] }, { '>': [paid, 'a'] }] },
      ['FIELD_NOT_HERE and/0/>/0', 'TYPE_MISMATCH and/1'],
    ],
    [
      'an unusual value of a field with usual ones',
      { '==': [v('order.channel'), 'taoboa'] },
      ['UNUSUAL_VALUE ==/1'],
    ],
    ['what the limits refuse', nested(20_000), ['RULE_TOO_DEEP ']],
  ])('finds %s', (_, rule, expected) => {
    expect(found(rule)).toEqual(expected)
  })

  it.each([
    [
      'bounds that exclude each other',
      { and: [{ '>': [paid, 500] }, { '<': [paid, 100] }] },
      ['NEVER_TRUE '],
    ],
    [
      'bounds that touch without their value',
      { and: [{ '>': [paid, 500] }, { '<=': [paid, 500] }] },
      ['NEVER_TRUE '],
    ],
    ['bounds that touch with their value', { and: [{ '>=': [paid, 500] }, { '<=': [paid, 500] }] }, []],
    [
      'the one value left being excluded',
      { and: [{ '>=': [paid, 500] }, { '<=': [paid, 500] }, { '!=': [paid, 500] }] },
      ['NEVER_TRUE '],
    ],
    [
      'bounds written the other way round',
      { and: [{ '<': [500, paid] }, { '>': [100, paid] }] },
      ['NEVER_TRUE '],
    ],
    ['an empty range', { '<': [5, v('stock.own.need'), 5] }, ['NEVER_TRUE ']],
    [
      'two values of one field at once',
      { and: [{ '==': [v('order.shop'), 'A'] }, { '==': [v('order.shop'), 'B'] }] },
      ['NEVER_TRUE '],
    ],
    [
      'a value and a list without it',
      { and: [{ '==': [v('order.shop'), 'A'] }, { in: [v('order.shop'), ['B', 'C']] }] },
      ['NEVER_TRUE '],
    ],
    [
      'a value that is outside the bounds',
      { and: [{ '==': [paid, 5] }, { '>': [paid, 100] }] },
      ['NEVER_TRUE '],
    ],
    ['a field and its opposite', { and: [v('order.urgent'), { '!': v('order.urgent') }] }, ['NEVER_TRUE ']],
    [
      'a field and its opposite in other words',
      { and: [v('order.urgent'), { '==': [v('order.urgent'), false] }] },
      ['NEVER_TRUE '],
    ],
    [
      'instants that exclude each other',
      {
        and: [
          { '>': [v('order.orderedAt'), instant('2024-06-18T00:00:00Z')] },
          { '<': [v('order.orderedAt'), instant('2024-06-17T00:00:00Z')] },
        ],
      },
      ['NEVER_TRUE '],
    ],
    [
      'a denied "or" that leaves nothing',
      { '!': { or: [{ '>': [paid, 5] }, { '<=': [paid, 5] }] } },
      ['NEVER_TRUE '],
    ],
    ['a value in no list', { in: [v('order.shop'), []] }, ['NEVER_TRUE ']],
    ['a field that is more than itself', { '>': [paid, paid] }, ['NEVER_TRUE ']],
    ['constants that do not hold', { '>': [1, 3] }, ['NEVER_TRUE ']],
    ['a plain false', false, ['NEVER_TRUE ']],
    ['constants that hold', { '>': [3, 1] }, ['ALWAYS_TRUE ']],
    ['a field that is itself', { '==': [paid, paid] }, ['ALWAYS_TRUE ']],
    ['bounds that cover everything', { or: [{ '>': [paid, 100] }, { '<=': [paid, 500] }] }, ['ALWAYS_TRUE ']],
    ['bounds with a gap', { or: [{ '>': [paid, 500] }, { '<': [paid, 100] }] }, []],
    [
      'one way of two that never holds',
      { or: [v('order.urgent'), { and: [{ '>': [paid, 5] }, { '<': [paid, 1] }] }] },
      ['NEVER_TRUE or/1'],
    ],
  ])('sees %s', (_, rule, expected) => {
    expect(found(rule)).toEqual(expected)
  })

  it('stops publishing for a whole condition that never holds, and only warns of the rest', () => {
    const severity = (rule: unknown) => checkCondition(rule, fields).map(problem => problem.severity)
    expect(severity({ '>': [1, 3] })).toEqual(['error'])
    expect(severity({ '>': [3, 1] })).toEqual(['warning'])
    expect(severity({ or: [v('order.urgent'), { '>': [1, 3] }] })).toEqual(['warning'])
  })

  it.each([
    ['a comparison that empty passes', { '<': [v('stock.near.distanceKm'), 200] }, ['EMPTY_COUNTS_AS_ZERO ']],
    ['a comparison that empty fails', { '>': [v('stock.near.distanceKm'), 200] }, []],
    [
      'one beside "is not empty"',
      { and: [{ '!=': [v('stock.near.distanceKm'), null] }, { '<': [v('stock.near.distanceKm'), 200] }] },
      [],
    ],
    [
      'one beside a field of its group',
      { and: [v('stock.near.covers'), { '<': [v('stock.near.distanceKm'), 200] }] },
      [],
    ],
    [
      'one beside a field of another group',
      { and: [v('order.urgent'), { '<': [v('order.paidAt'), instant('2024-06-18T00:00:00Z')] }] },
      ['EMPTY_COUNTS_AS_ZERO and/1'],
    ],
    [
      'one guarded only in another way',
      { or: [v('stock.near.covers'), { '<': [v('stock.near.distanceKm'), 200] }] },
      ['EMPTY_COUNTS_AS_ZERO or/1'],
    ],
  ])('warns of empty fields: %s', (_, rule, expected) => {
    expect(found(rule)).toEqual(expected)
  })

  it('is right that empty passes what it warns of', () => {
    expect(compileLogic({ '<': [v('stock.near.distanceKm'), 200] })({})).toBe(true)
  })

  it('names fields in words and says what to do', () => {
    const [problem] = checkCondition({ '>': [paid, 'abc'] }, fields)
    expect(problem?.message).toEqual({
      zh: '「实付金额」（金额）不能和「abc」（文字）比较，请改成同一类的值',
      en: '"amount paid" (an amount of money) cannot be compared with "abc" (text); compare values of one kind',
    })
  })

  it.each([
    ['order.paidFenn', '「实付金额」（order.paidFen）'],
    ['paidFen', '「实付金额」（order.paidFen）'],
    ['收货人', '「收件人」（order.order_customer_name）'],
    ['实付', '「实付金额」（order.paidFen）'],
    ['something else', '请从列表里选一个'],
    ['phone', '「手机号」（order.phone）'],
  ])('suggests the field that was meant by %s', (path, expected) => {
    const [problem] = checkCondition(v(path), fields)
    if (expected === undefined || path === '实付')
      expect(problem?.message.zh).toMatch(/请从列表里选一个|是不是/)
    else expect(problem?.message.zh).toContain(expected)
  })

  it('tells which node brings a field that is not there yet', () => {
    const from = [{ zh: '查库存', en: 'Stock lookup' }]
    const [available] = stockFields
    const message = (isSometimes: boolean) =>
      checkCondition(
        { '>': [v('stock.own.available'), 1] },
        [],
        [{ field: available!, from, isSometimes }],
      )[0]?.message.zh
    expect(message(false)).toBe('「本仓可用」在这里还没有值。请把「查库存」放在前面')
    expect(message(true)).toBe('「本仓可用」只在一部分路线上有值。请让每条路线都先经过「查库存」')
  })

  it('never throws, and what it passes compiles, whatever the rule', () => {
    fc.assert(
      fc.property(anyRule({ nasty: true, ours: true }), rule => {
        const problems = checkCondition(rule, fields)
        for (const { message } of problems) expect(message.zh + message.en).not.toMatch(/undefined|\[object/)
        if (problems.length === 0) compileLogic(rule)
      }),
      { numRuns: 1_500 },
    )
  })
})
