import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeGraphs } from '../../../editor/drafting/merge.ts'
import { same } from '../../../editor/drafting/same.ts'
import { aGraph, aNode } from './graphs.ts'

const base = aGraph(
  [aNode('start'), aNode('dedup', { windowMinutes: 3, keys: ['phone'] }), aNode('end')],
  ['start>dedup', 'dedup>end'],
)
const withDedup = (params: Record<string, unknown>) =>
  aGraph([aNode('start'), aNode('dedup', params), aNode('end')], ['start>dedup', 'dedup>end'])

describe('two people on one draft', () => {
  it('both keep what only one of them changed, in one node too', () => {
    const mine = withDedup({ windowMinutes: 5, keys: ['phone'] })
    const theirs = withDedup({ windowMinutes: 3, keys: ['phone', 'skus'] })
    const { graph, conflicts } = mergeGraphs(base, mine, theirs)
    expect(graph.nodes[1]?.params).toEqual({ windowMinutes: 5, keys: ['phone', 'skus'] })
    expect(conflicts).toEqual([])
  })

  it('are told where both changed one value, and mine stands until somebody chooses', () => {
    const { graph, conflicts } = mergeGraphs(
      base,
      withDedup({ windowMinutes: 5, keys: ['phone'] }),
      withDedup({ windowMinutes: 10, keys: ['phone'] }),
    )
    expect(graph.nodes[1]?.params.windowMinutes).toBe(5)
    expect(conflicts).toEqual([{ node: 'dedup', path: 'params/windowMinutes', mine: 5, theirs: 10 }])
  })

  it('keep a node one removed and the other changed', () => {
    const without = aGraph([aNode('start'), aNode('end')], [])
    const changed = withDedup({ windowMinutes: 9, keys: ['phone'] })
    expect(mergeGraphs(base, without, changed).graph.nodes.map(({ id }) => id)).toContain('dedup')
    expect(mergeGraphs(base, changed, without).graph.nodes.map(({ id }) => id)).toContain('dedup')
  })

  it('lose a node one removed and the other left alone, with its lines', () => {
    const without = aGraph([aNode('start'), aNode('end')], ['start>end'])
    const { graph } = mergeGraphs(base, base, without)
    expect(graph.nodes.map(({ id }) => id)).toEqual(['start', 'end'])
    expect(graph.edges).toEqual([{ from: 'start', port: 'ok', to: 'end' }])
  })

  it('keep each what they added', () => {
    const mine = { ...base, nodes: [...base.nodes, aNode('mine')] }
    const theirs = { ...base, nodes: [...base.nodes, aNode('theirs')] }
    const ids = mergeGraphs(base, mine, theirs).graph.nodes.map(({ id }) => id)
    expect(ids).toEqual(['start', 'dedup', 'end', 'mine', 'theirs'])
  })
})

const anyGraph = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
  .chain(ids =>
    fc.record({
      nodes: fc.tuple(...ids.map(id => fc.nat(2).map(n => aNode(id, { n })))),
      edges: fc.uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), {
        selector: pair => pair.join('>'),
      }),
    }),
  )
  .map(({ nodes, edges }) => ({
    nodes: [...nodes],
    edges: edges.map(([from, to]) => ({ from, port: 'ok', to })),
  }))

describe('merging any three drawings', () => {
  it('gives back the one that changed when the other did not', () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, (before, after) => {
        const sets = (graph: typeof before) => ({
          nodes: new Set(graph.nodes.map(node => JSON.stringify(node))),
          edges: new Set(graph.edges.map(edge => JSON.stringify(edge))),
        })
        expect(sets(mergeGraphs(before, after, before).graph as typeof before)).toEqual(sets(after))
        expect(sets(mergeGraphs(before, before, after).graph as typeof before)).toEqual(sets(after))
      }),
    )
  })

  it('never leaves a line that leads to no node, and never loses silently what both changed', () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, anyGraph, (before, mine, theirs) => {
        const { graph, conflicts } = mergeGraphs(before, mine, theirs)
        const ids = new Set(graph.nodes.map(({ id }) => id))
        for (const { from, to } of graph.edges) expect(ids.has(from) && ids.has(to)).toBe(true)
        for (const node of theirs.nodes) {
          const merged = graph.nodes.find(({ id }) => id === node.id)
          const was = before.nodes.find(({ id }) => id === node.id)
          const isTaken = merged !== undefined && same(merged.params, node.params)
          const isTold = conflicts.some(each => each.node === node.id)
          const isUnchanged = was !== undefined && same(was, node)
          expect(isTaken || isTold || isUnchanged).toBe(true)
        }
      }),
    )
  })
})
