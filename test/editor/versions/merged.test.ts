import { describe, expect, it } from 'vitest'
import { mergeVersions } from '../../../editor/versions/merged.ts'
import type { WorkflowGraph } from '../../../server/workflow/workflow.ts'

const at = (x: number, y: number) => ({ position: { x, y } })
const node = (id: string, params = {}, place = {}) => ({ id, type: 'order.dedup', params, ...place })

const before: WorkflowGraph = {
  nodes: [node('in', {}, at(0, 0)), node('dedup', { minutes: 3 }, at(400, 0)), node('end', {}, at(800, 0))],
  edges: [
    { from: 'in', port: 'received', to: 'dedup' },
    { from: 'dedup', port: 'unique', to: 'end' },
  ],
}

const after: WorkflowGraph = {
  nodes: [
    node('in', {}, at(0, 40)),
    node('dedup', { minutes: 5 }, at(400, 0)),
    node('person', {}, at(800, 0)),
  ],
  edges: [
    { from: 'in', port: 'received', to: 'dedup' },
    { from: 'dedup', port: 'unique', to: 'person' },
  ],
}

describe('two versions laid over each other', () => {
  const merged = mergeVersions(before, after)

  it('hold every node of either, each marked with what became of it', () => {
    expect(merged.graph.nodes.map(({ id }) => [id, merged.nodes.get(id)])).toEqual([
      ['in', undefined],
      ['dedup', 'changed'],
      ['person', 'added'],
      ['end', 'removed'],
    ])
  })

  it('hold every line of either, each marked with what became of it', () => {
    const marks = merged.graph.edges.map(({ from, port, to }) => [
      to,
      merged.edges.get(`${from}/${port}/${to}`),
    ])
    expect(marks).toEqual([
      ['dedup', undefined],
      ['person', 'added'],
      ['end', 'removed'],
    ])
  })

  it('show what stands in both as the later one has it', () => {
    expect(merged.graph.nodes[1]!.params).toEqual({ minutes: 5 })
  })

  it('count no move on the canvas as a change', () => {
    expect(merged.nodes.has('in')).toBe(false)
    expect(merged.graph.nodes[0]!.position).toEqual({ x: 0, y: 40 })
  })

  it('never hide a removed node under the one that took its place', () => {
    const [person, end] = merged.graph.nodes.slice(2)
    expect(end!.position!.x).toBe(800)
    expect(end!.position!.y - person!.position!.y).toBeGreaterThanOrEqual(110)
  })

  it('bear no mark where both are the same', () => {
    const same = mergeVersions(after, after)
    expect([same.nodes.size, same.edges.size]).toEqual([0, 0])
    expect(same.graph.nodes).toEqual(after.nodes)
  })
})
