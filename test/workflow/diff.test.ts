import { describe, expect, it } from 'vitest'
import { diffGraphs } from '../../server/workflow/diff.ts'
import { aGoodGraph, definitions, edges, graph, node } from './definitions.ts'
import { v } from './logic/fields.ts'
import { nested } from './logic/nested.ts'

const nothing = {
  added: [],
  removed: [],
  changed: [],
  edges: { added: [], removed: [] },
  description: undefined,
}
const table = (rows: unknown) => graph([node('t', 'logic.table', { rows })], '')

describe('diffGraphs', () => {
  it('finds no difference between a drawing and itself, however it is ordered', () => {
    const { nodes, edges: joined } = aGoodGraph()
    expect(diffGraphs(aGoodGraph(), { nodes: nodes.toReversed(), edges: joined.toReversed() })).toEqual(
      nothing,
    )
  })

  it('takes no notice of where nodes stand', () => {
    const moved = aGoodGraph()
    moved.nodes[0]!.position = { x: 1, y: 2 }
    expect(diffGraphs(aGoodGraph(), moved)).toEqual(nothing)
  })

  it('tells nodes and edges that came and went', () => {
    const after = aGoodGraph()
    after.nodes[4] = node('finish', 'flow.end')
    after.edges.push(...edges('stock.out>map'))
    after.edges.shift()
    const { added, removed, edges: joined } = diffGraphs(aGoodGraph(), after)
    expect([added.map(({ id }) => id), removed.map(({ id }) => id)]).toEqual([['finish'], ['end']])
    expect(joined).toEqual({ added: edges('stock.out>map'), removed: edges('in.out>map') })
  })

  it('tells label, type and description', () => {
    const after = aGoodGraph()
    Object.assign(after.nodes[3]!, { label: '有货吗', type: 'logic.table' })
    after.settings = { description: '新版' }
    const diff = diffGraphs(aGoodGraph(), after)
    expect(diff.changed).toEqual([
      expect.objectContaining({
        id: 'enough',
        label: { path: '', before: '够不够', after: '有货吗' },
        type: { path: '', before: 'logic.condition', after: 'logic.table' },
        params: [],
      }),
    ])
    expect(diff.description).toEqual({ path: '', before: undefined, after: '新版' })
  })

  it('tells each changed param by its path', () => {
    const before = table([{ port: 'a', limitFen: 1 }, { port: 'b' }])
    const after = table([{ port: 'a', limitFen: 2 }, { port: 'b', when: true }, { port: 'c' }])
    expect(diffGraphs(before, after).changed[0]?.params).toEqual([
      { path: 'rows/0/limitFen', before: 1, after: 2 },
      { path: 'rows/1/when', before: undefined, after: true },
      { path: 'rows/2', before: undefined, after: { port: 'c' } },
    ])
  })

  it('tells a changed condition as one change where it knows the node type', () => {
    const before = { '>': [v('order.paidFen'), 100] }
    const after = { '>': [v('order.paidFen'), 200] }
    const params = (known: typeof definitions) =>
      diffGraphs(aGoodGraph(before), aGoodGraph(after), known).changed[0]?.params
    expect(params(definitions)).toEqual([{ path: 'when', before, after }])
    expect(params(new Map())).toEqual([{ path: 'when/>/1', before: 100, after: 200 }])
  })

  it('tells a list that became something else as a whole', () => {
    expect(diffGraphs(table(['a']), table({ 0: 'a' })).changed[0]?.params).toEqual([
      { path: 'rows', before: ['a'], after: { 0: 'a' } },
    ])
  })

  it('survives a draft nobody could publish', () => {
    const changes = diffGraphs(aGoodGraph(nested(20_000)), aGoodGraph(nested(20_001))).changed
    expect(changes.map(({ id }) => id)).toEqual(['enough'])
    expect(
      diffGraphs(aGoodGraph(nested(20_000)), aGoodGraph(nested(20_000)), definitions).changed,
    ).toHaveLength(1)
  })
})
