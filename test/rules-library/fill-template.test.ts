import { describe, expect, it } from 'vitest'
import { fillTemplate } from '../../rules-library/fill-template.ts'

const template = {
  id: 'test/holes',
  parameters: {
    type: 'object',
    additionalProperties: false,
    required: ['supplier'],
    properties: {
      minutes: { type: 'number', minimum: 0, default: 3 },
      supplier: { type: 'string' },
      note: { type: 'string' },
    },
  },
  workflow: {
    nodes: [
      {
        id: 'a',
        type: 't',
        label: '{{minutes}} 分钟内,{order.orderId}',
        params: { minutes: '{{minutes}}', to: '{{supplier}}', note: '{{note}}' },
      },
    ],
    edges: [],
  },
}

describe('filling a template', () => {
  it('gives a hole that stands alone its value with its type, one within a text its words', () => {
    expect(fillTemplate(template, { supplier: 's1', minutes: 5, note: 'n' }).nodes).toEqual([
      { id: 'a', type: 't', label: '5 分钟内,{order.orderId}', params: { minutes: 5, to: 's1', note: 'n' } },
    ])
  })

  it('takes defaults, and leaves out what is neither given nor has one', () => {
    expect(fillTemplate(template, { supplier: 's1' }).nodes[0]!.params).toEqual({ minutes: 3, to: 's1' })
  })

  it('does not read values as holes', () => {
    expect(fillTemplate(template, { supplier: '{{minutes}}' }).nodes[0]!.params).toMatchObject({
      to: '{{minutes}}',
    })
  })

  it('names every parameter that does not fit', () => {
    const fill = () => fillTemplate(template, { minutes: -1, colour: 'red' })
    expect(fill).toThrow(/supplier/)
    expect(fill).toThrow(/minutes/)
    expect(fill).toThrow(/additional properties/)
  })

  it('leaves the template and the values as they were', () => {
    const values = { supplier: 's1' }
    const before = structuredClone(template)
    fillTemplate(template, values)
    expect([template, values]).toEqual([before, { supplier: 's1' }])
  })
})
