import { describe, expect, it } from 'vitest'
import { miniature, shortTitle } from '../../../editor/templates/miniature.ts'
import { nodeTypes } from '../../../server/nodes/index.ts'
import type { WorkflowGraph } from '../../../server/workflow/workflow.ts'

const graph: WorkflowGraph = {
  nodes: [
    { id: 'in', type: 'order.received', params: {}, position: { x: -500, y: 100 } },
    { id: 'ask', type: 'order.dedup', params: {}, label: '三分钟去重', position: { x: 0, y: 100 } },
    { id: 'end', type: 'flow.end', params: {}, position: { x: 500, y: -100 } },
  ],
  edges: [
    { from: 'in', port: 'received', to: 'ask' },
    { from: 'ask', port: 'unique', to: 'end' },
    { from: 'ask', port: 'unique', to: 'removed' },
  ],
}

describe('the small picture of a drawing', () => {
  const picture = miniature(graph, nodeTypes, 'zh')

  it('holds all of it, wherever it stands on the canvas', () => {
    for (const { x, y, width, height } of picture.boxes) {
      expect(Math.min(x, y)).toBeGreaterThan(0)
      expect(x + width).toBeLessThan(picture.width)
      expect(y + height).toBeLessThan(picture.height)
    }
  })

  it('keeps the arrangement, the kinds and the names', () => {
    expect(picture.boxes.map(({ title, kind }) => [title, kind])).toEqual([
      ['收到订单', 'trigger'],
      ['三分钟去重', 'decision'],
      ['结束', 'end'],
    ])
    expect(picture.boxes[2]!.y).toBeLessThan(picture.boxes[1]!.y)
  })

  it('draws no line that leads nowhere', () => {
    expect(picture.lines.map(({ id }) => id)).toEqual(['in/received/ask', 'ask/unique/end'])
  })

  it('lays a drawing without places out from left to right', () => {
    const bare = { ...graph, nodes: graph.nodes.map(({ position: _, ...node }) => node) }
    const [first, second] = miniature(bare, nodeTypes, 'en').boxes
    expect(second!.x).toBeGreaterThan(first!.x + first!.width)
  })

  it('of nothing is empty', () => {
    expect(miniature({ nodes: [], edges: [] }, nodeTypes, 'zh')).toMatchObject({ boxes: [], lines: [] })
  })
})

describe('a title with little room', () => {
  it('is cut by the width of its letters', () => {
    expect(shortTitle('收到各渠道订单', 12)).toBe('收到各渠道…')
    expect(shortTitle('收到渠道订单', 12)).toBe('收到渠道订单')
    expect(shortTitle('Order in', 12)).toBe('Order in')
  })
})
