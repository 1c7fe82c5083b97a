import { describe, expect, it } from 'vitest'
import { CARD_WIDTH, cardHeight, edgeKey, layOut, type Place } from '../../../editor/canvas/layout.ts'
import { linePath } from '../../../editor/canvas/line-path.ts'
import type { WorkflowEdge, WorkflowGraph, WorkflowNode } from '../../../server/workflow/workflow.ts'

function node(id: string, position?: Place): WorkflowNode {
  return { id, type: 'test', params: {}, ...(position && { position: { ...position } }) }
}

function edge(from: string, to: string, port = 'next'): WorkflowEdge {
  return { from, port, to }
}

const onePort = () => 1

function overlap(a: Place, b: Place): boolean {
  return Math.abs(a.x - b.x) < CARD_WIDTH && Math.abs(a.y - b.y) < cardHeight(1)
}

/** A chain of `length` cards with a line that skips over all of them. */
function chain(length: number): WorkflowGraph {
  const nodes = Array.from({ length }, (_, i) => node(`n${i}`))
  const edges = nodes.slice(1).map((each, i) => edge(`n${i}`, each.id))
  return { nodes, edges: [...edges, edge('n0', `n${length - 1}`, 'skip')] }
}

describe('the layout of a drawing', () => {
  it('leaves a drawing alone that the user arranged', () => {
    const graph = { nodes: [node('a', { x: 5, y: 7 }), node('b', { x: 400, y: 9 })], edges: [edge('a', 'b')] }
    const { cards, lanes } = layOut(graph, onePort)
    expect([...cards]).toEqual([
      ['a', { x: 5, y: 7 }],
      ['b', { x: 400, y: 9 }],
    ])
    expect(lanes.size).toBe(0)
  })

  it('stretches a drawing whose columns leave no room for the words between them', () => {
    const nodes = [node('a', { x: 0, y: 0 }), node('b', { x: 300, y: 40 }), node('c', { x: 600, y: 0 })]
    const { cards } = layOut({ nodes, edges: [edge('a', 'b'), edge('b', 'c')] }, onePort)
    expect(cards.get('b')!.x - CARD_WIDTH).toBeGreaterThan(110)
    expect(cards.get('c')!.x).toBe(cards.get('b')!.x * 2)
    expect(cards.get('b')!.y).toBe(40)
  })

  it('lays cards out from left to right as the lines run, none on another', () => {
    const graph = chain(6)
    const { cards } = layOut(graph, onePort)
    for (const { from, to } of graph.edges) expect(cards.get(from)!.x).toBeLessThan(cards.get(to)!.x)
    const all = [...cards.values()]
    for (const [i, a] of all.entries()) for (const b of all.slice(i + 1)) expect(overlap(a, b)).toBe(false)
  })

  it('leads a line that passes cards around them', () => {
    const graph = chain(5)
    const { cards, lanes } = layOut(graph, onePort)
    const lane = lanes.get(edgeKey(edge('n0', 'n4', 'skip')))!
    expect(lane).toHaveLength(3)
    for (const place of lane) {
      for (const card of cards.values()) {
        const inColumn = place.x > card.x && place.x < card.x + CARD_WIDTH
        const through = place.y > card.y && place.y < card.y + cardHeight(1)
        expect(inColumn && through).toBe(false)
      }
    }
  })

  it('keeps placed cards where they are and puts a new one beside them', () => {
    const placed = [node('a', { x: 1_000, y: 1_000 }), node('b', { x: 1_400, y: 1_000 })]
    const graph = { nodes: [...placed, node('c')], edges: [edge('a', 'b'), edge('b', 'c')] }
    const { cards } = layOut(graph, onePort)
    expect(cards.get('a')).toEqual({ x: 1_000, y: 1_000 })
    expect(cards.get('c')!.x).toBeGreaterThan(1_400)
    expect(Math.abs(cards.get('c')!.y - 1_000)).toBeLessThan(200)
  })

  it('survives a line to a node that is not there, two lines between the same cards, and no cards', () => {
    const graph = {
      nodes: [node('a'), node('b')],
      edges: [edge('a', 'b'), edge('a', 'b', 'else'), edge('a', 'gone')],
    }
    expect(layOut(graph, onePort).cards.size).toBe(2)
    expect(layOut({ nodes: [], edges: [] }, onePort).cards.size).toBe(0)
  })

  it('makes a card with many ports high enough for their words', () => {
    expect(cardHeight(2)).toBe(cardHeight(1))
    expect(cardHeight(8)).toBeGreaterThan(8 * 20)
  })
})

describe('the path of a line', () => {
  it('is straight between ports of one height', () => {
    expect(linePath({ x: 0, y: 50 }, [], { x: 300, y: 50 })).toBe('M0 50L300 50')
  })

  it('turns just before its target, where no words stand', () => {
    const path = linePath({ x: 0, y: 0 }, [], { x: 300, y: 100 })
    expect(path.startsWith('M0 0L273 0')).toBe(true)
    expect(path.endsWith('L300 100')).toBe(true)
  })

  it('goes through its lane', () => {
    expect(linePath({ x: 0, y: 0 }, [{ x: 520, y: -80 }], { x: 900, y: 0 })).toContain('391 -80L873 -80')
  })

  it('finds back to a card on its left', () => {
    const path = linePath({ x: 500, y: 0 }, [], { x: 0, y: 200 })
    expect(path.startsWith('M500 0')).toBe(true)
    expect(path.endsWith('L0 200')).toBe(true)
    expect(path).not.toContain('NaN')
  })
})
