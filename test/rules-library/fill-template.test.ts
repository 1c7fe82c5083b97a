import { describe, expect, it } from 'vitest'
import { fillTemplate, previewOf } from '../../rules-library/fill-template.ts'
import type { WorkflowTemplate } from '../../rules-library/template.ts'

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

  describe('with a list among the parameters', () => {
    const prices = {
      type: 'array',
      items: {
        type: 'object',
        properties: { sku: { type: 'string' }, fen: { type: 'integer', ui: { as: 'money' } } },
      },
    }
    const withList = (params: Record<string, unknown>) => ({
      id: 'test/list',
      parameters: {
        type: 'object',
        properties: {
          prices,
          words: { type: 'array', items: { type: 'string' } },
          hours: { type: 'number', default: 2 },
          limitFen: { type: 'integer', default: 150_000, ui: { as: 'money' } },
        },
      },
      workflow: { nodes: [{ id: 'a', type: 't', params }], edges: [] },
    })
    const filled = (params: Record<string, unknown>, values: Record<string, unknown> = {}) =>
      fillTemplate(withList(params), values).nodes[0]!.params

    const rows = [
      { id: 'first', name: 'stays' },
      {
        forEach: 'prices',
        part: { id: 'row-{{prices.nth}}', below: '{{prices.fen}}', name: '{{prices.sku}} {{prices.fen}}' },
      },
    ]

    it('makes one part of each entry, numbered from 1, with money in yuan within a text', () => {
      const values = {
        prices: [
          { sku: 'A', fen: 19_900 },
          { sku: 'B', fen: 5 },
        ],
      }
      expect(filled({ rows }, values)).toEqual({
        rows: [
          { id: 'first', name: 'stays' },
          { id: 'row-1', below: 19_900, name: 'A ¥199.00' },
          { id: 'row-2', below: 5, name: 'B ¥0.05' },
        ],
      })
      expect(filled({ rows }, { prices: [] })).toEqual({ rows: [{ id: 'first', name: 'stays' }] })
    })

    it('says so when what it is to go through is no list', () => {
      expect(() => filled({ rows })).toThrow(/prices is no list/)
    })

    it('puts the entries of a list where it stands alone in a list, and its words within a text', () => {
      const params = { values: ['x', '{{words}}'], whole: '{{words}}', text: '含 {{words}}' }
      expect(filled(params, { words: ['急', '催'] })).toEqual({
        values: ['x', '急', '催'],
        whole: ['急', '催'],
        text: '含 急、催',
      })
    })

    it('multiplies: hours become the minutes a node takes', () => {
      expect(filled({ minutes: '{{hours*60}}', text: '{{hours}} 小时', limit: '满 {{limitFen}}' })).toEqual({
        minutes: 120,
        text: '2 小时',
        limit: '满 ¥1,500.00',
      })
    })
  })

  it('is shown before the form is filled in with the values of the first case', () => {
    const cases = [{ parameters: { supplier: 's9' } }] as unknown as WorkflowTemplate['cases']
    const name = { zh: '', en: '' }
    expect(previewOf({ ...template, name, description: name, cases }).nodes[0]!.params).toMatchObject({
      to: 's9',
    })
  })
})
