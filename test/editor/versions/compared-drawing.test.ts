import { describe, expect, it } from 'vitest'
import { comparedDrawing } from '../../../editor/versions/compared-drawing.ts'
import { nodeTypes } from '../../../server/nodes/index.ts'
import type { WorkflowGraph } from '../../../server/workflow/workflow.ts'

const words = { added: '新增', removed: '删除', changed: '改过' }

const from: WorkflowGraph = {
  nodes: [
    { id: 'in', type: 'order.received', params: {} },
    { id: 'ask', type: 'logic.condition', params: { when: { '==': [{ var: 'order.urgent' }, true] } } },
    { id: 'end', type: 'flow.end', params: { outcome: 'ship' } },
  ],
  edges: [
    { from: 'in', port: 'received', to: 'ask' },
    { from: 'ask', port: 'yes', to: 'end' },
  ],
}
const to: WorkflowGraph = {
  nodes: [...from.nodes.slice(0, 2), { id: 'other', type: 'gone.type', params: {} }],
  edges: [
    { from: 'in', port: 'received', to: 'ask' },
    { from: 'ask', port: 'yes', to: 'other' },
  ],
}
const drawn = comparedDrawing(from, to, nodeTypes, 'zh', mark => words[mark])

describe('the drawing of two versions', () => {
  it('tells of each card in words as well what became of it', () => {
    expect(drawn.cards.map(({ id, data, ariaLabel }) => [id, data.mark, ariaLabel?.slice(0, 2)])).toEqual([
      ['in', undefined, '收到'],
      ['ask', undefined, expect.any(String)],
      ['other', 'added', '新增'],
      ['end', 'removed', '删除'],
    ])
  })

  it('tells at an exit what became of all lines that leave it, for their words share one place', () => {
    const lines = drawn.lines.filter(({ source }) => source === 'ask')
    expect(lines.map(({ target, data }) => [target, data?.mark])).toEqual([
      ['other', 'added'],
      ['end', 'removed'],
    ])
    expect(lines[0]!.data?.name).toMatch(/ · 新增\/删除$/)
    expect(lines[1]!.data?.name).toBeUndefined()
  })

  it('reads conditions in words', () => {
    expect(drawn.cards[1]!.data.sentence).toContain('急单')
  })

  it('gives a node of a type that is gone the exits its lines leave by', () => {
    const left: WorkflowGraph = {
      nodes: [{ id: 'x', type: 'gone.type', params: {} }, ...from.nodes.slice(2)],
      edges: [{ from: 'x', port: 'out', to: 'end' }],
    }
    const [card] = comparedDrawing(left, left, nodeTypes, 'zh', mark => words[mark]).cards
    expect(card!.data.ports).toEqual([{ id: 'out', name: 'out' }])
  })
})
