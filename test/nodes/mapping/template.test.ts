import { describe, expect, it } from 'vitest'
import { anEvent } from '../../../server/nodes/example-order.ts'
import { compileMapping } from '../../../server/nodes/mapping/compile.ts'
import type { ItemFieldMapping } from '../../../server/nodes/mapping/mapping.ts'

const source = {
  no: 'T1',
  name: ' 王 ',
  value: 'V',
  tags: ['a', 'b'],
  at: '2026-10-01 10:00:00',
  lines: [{ s: 'A', q: 1 }],
}

/** The seller's note a mapping of it makes. */
function note(field: Omit<ItemFieldMapping, 'to'>): unknown {
  const { map, problems } = compileMapping({
    fields: [
      { to: 'sellerNote', ...field },
      { to: 'orderedAt', from: 'at' },
      {
        to: 'items',
        each: 'lines',
        fields: [
          { to: 'sku', from: 's' },
          { to: 'quantity', from: 'q' },
        ],
      },
    ],
  })
  expect(problems).toEqual([])
  return map!(source, anEvent()).order?.sellerNote
}

describe('the template transform', () => {
  it('puts the value the field has so far into {value}', () => {
    expect(
      note({
        from: 'name',
        transforms: [{ use: 'trim' }, { use: 'template', template: '{value}先生 {no}' }],
      }),
    ).toBe('王先生 T1')
  })

  it('puts nothing around a value that is not there, so that a default still holds', () => {
    const transforms = [{ use: 'template' as const, template: '拼多多-{value}' }]
    expect(note({ from: 'missing', transforms })).toBe('')
    expect(note({ from: 'missing', transforms, default: '无' })).toBe('无')
  })

  it('works on every value of a list', () => {
    const transforms = [
      { use: 'template' as const, template: '#{value}' },
      { use: 'join' as const, separator: ',' },
    ]
    expect(note({ from: 'tags[]', transforms })).toBe('#a,#b')
  })

  it('reads a source field called value by its quoted path', () => {
    expect(note({ transforms: [{ use: 'template', template: '{["value"]}/{no}' }] })).toBe('V/T1')
  })

  it('leaves holes of the source empty where it says nothing, as before', () => {
    expect(note({ transforms: [{ use: 'template', template: '{no}{missing}!' }] })).toBe('T1!')
  })
})
