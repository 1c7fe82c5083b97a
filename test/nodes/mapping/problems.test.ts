import { describe, expect, it } from 'vitest'
import { compileMapping } from '../../../server/nodes/mapping/compile.ts'
import type { FieldMapping } from '../../../server/nodes/mapping/mapping.ts'

const items: FieldMapping = {
  to: 'items',
  each: 'lines',
  fields: [
    { to: 'sku', from: 'sku' },
    { to: 'quantity', from: 'count' },
  ],
}
const time: FieldMapping = { to: 'orderedAt', from: 'time' }

const codes = (...fields: FieldMapping[]) =>
  compileMapping({ fields }).problems.map(({ code, at }) => `${code} ${at}`)

describe('a mapping that is wrong itself', () => {
  it.each<[string, FieldMapping[], string]>([
    ['an unknown field', [time, items, { to: 'phon', from: 'a' }], 'UNKNOWN_FIELD fields/2/to'],
    ['an inherited field', [time, items, { to: 'constructor', from: 'a' }], 'UNKNOWN_FIELD fields/2/to'],
    [
      'a field mapped twice',
      [time, items, { to: 'phone', from: 'a' }, { to: 'phone', from: 'b' }],
      'MAPPED_TWICE fields/3/to',
    ],
    ['a path that is none', [time, items, { to: 'phone', from: 'a..b' }], 'BAD_PATH fields/2/from'],
    ['no source at all', [time, items, { to: 'phone' }], 'NO_SOURCE fields/2/from'],
    [
      'a default of another type',
      [time, items, { to: 'urgent', from: 'a', default: 'perhaps' }],
      'BAD_DEFAULT fields/2/default',
    ],
    [
      'an unknown zone',
      [items, { to: 'orderedAt', from: 'time', transforms: [{ use: 'date', zone: 'Mars/Olympus' }] }],
      'BAD_TRANSFORM fields/1/transforms/0',
    ],
    [
      'a template with a path that is none',
      [time, items, { to: 'status', transforms: [{ use: 'template', template: '{a..b}' }] }],
      'BAD_TRANSFORM fields/2/transforms/0',
    ],
    [
      'a pattern that matches all',
      [time, items, { to: 'status', from: 'a', transforms: [{ use: 'pattern', cases: [{ value: 1 }] }] }],
      'BAD_TRANSFORM fields/2/transforms/0',
    ],
    ['no items', [time], 'NOT_MAPPED fields'],
    ['no order time', [items], 'NOT_MAPPED fields'],
    ['items without a list', [time, { to: 'items', fields: items.fields }], 'BAD_PATH fields/1/each'],
    [
      'items without quantity',
      [time, { ...items, fields: [{ to: 'sku', from: 'sku' }] }],
      'NOT_MAPPED fields/1/fields',
    ],
    [
      'an unknown field of an item',
      [time, { ...items, fields: [...items.fields!, { to: 'colour', from: 'c' }] }],
      'UNKNOWN_FIELD fields/1/fields/2/to',
    ],
    [
      'a list for a field that holds one value',
      [time, items, { to: 'phone', each: 'tels', fields: [] }],
      'ONLY_ITEMS fields/2/each',
    ],
  ])('has %s', (_, fields, expected) => expect(codes(...fields)).toContain(expected))

  it('has all its problems named at once, and makes no orders', () => {
    const { map, problems } = compileMapping({
      fields: [
        { to: 'nothing', from: 'a' },
        { to: 'phone', from: '..' },
      ],
    })
    expect(map).toBeUndefined()
    expect(problems.length).toBeGreaterThanOrEqual(4)
  })

  it('is none when it is right', () => expect(codes(time, items)).toEqual([]))
})
