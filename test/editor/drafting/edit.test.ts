import { describe, expect, it } from 'vitest'
import { align, freePlace } from '../../../editor/drafting/arrange.ts'
import { copyText, paste, readClip } from '../../../editor/drafting/clipboard.ts'
import {
  freePort,
  group,
  insertInto,
  join,
  place,
  remove,
  setParams,
  whyNotJoin,
} from '../../../editor/drafting/edit.ts'
import { freshNode } from '../../../editor/drafting/fresh-node.ts'
import { putNode } from '../../../editor/drafting/put-node.ts'
import { nodeTypes } from '../../../server/nodes/index.ts'
import type { NodeManifest } from '../../../server/workflow/node-definition.ts'
import { nodeSentence } from '../../../server/workflow/sentence.ts'
import type { WorkflowNode } from '../../../server/workflow/workflow.ts'
import { aGraph } from './graphs.ts'

const manifests = new Map<string, NodeManifest>(nodeTypes.map(type => [type.type, type]))
const node = (id: string, type: string, params: Record<string, unknown> = {}, at = { x: 0, y: 0 }) =>
  ({ id, type, params, position: at }) satisfies WorkflowNode

const start = node('start', 'order.received')
const dedup = node('dedup', 'order.dedup', {}, { x: 380, y: 0 })
const end = node('end', 'flow.end', { outcome: 'kept', orderStatus: 'kept' }, { x: 760, y: 0 })
const line = aGraph([start, dedup, end], ['start/received>dedup', 'dedup/unique>end'])
const lines = (graph: typeof line) => graph.edges.map(({ from, port, to }) => `${from}/${port}>${to}`)
const exitsOf = (type: string) => Object.keys(manifests.get(type)!.ports)

describe('a drawing that is edited', () => {
  it('may be joined every way but to itself, to a trigger, in a circle, or twice alike', () => {
    const ask = (from: string, to: string, port = 'x') => whyNotJoin(line, manifests, { from, port, to })
    expect(ask('end', 'end')).toBe('itself')
    expect(ask('dedup', 'start')).toBe('trigger')
    expect(ask('end', 'dedup')).toBe('circle')
    expect(ask('start', 'dedup', 'received')).toBe('again')
    expect(ask('start', 'end')).toBeUndefined()
  })

  it('leads a line through a node that is put into it, and closes it when the node goes', () => {
    const wait = node('wait', 'time.wait')
    const through = insertInto(line, manifests, 'start/received/dedup', wait)
    const [firstExit] = exitsOf('time.wait')
    expect(lines(through)).toEqual(['start/received>wait', `wait/${firstExit}>dedup`, 'dedup/unique>end'])
    expect(lines(remove(through, new Set(['wait'])))).toEqual(['dedup/unique>end', 'start/received>dedup'])
  })

  it('loses the lines of an exit that a change of its params took away, and no others', () => {
    const rows = (ports: readonly string[]) => ({
      rows: ports.map(port => ({ id: port, name: port, when: true, port, action: port })),
    })
    const table = node('table', 'logic.decision-table', rows(['ship', 'buy']))
    const graph = aGraph([table, end], ['table/ship>end', 'table/buy>end', 'table/else>end'])
    expect(lines(setParams(graph, manifests, 'table', rows(['ship'])))).toEqual([
      'table/ship>end',
      'table/else>end',
    ])
  })

  it('knows which exit is still free', () => {
    const [first, second] = exitsOf('order.dedup')
    const only = aGraph([dedup, end], [`dedup/${first}>end`])
    expect(freePort(only, manifests, dedup)).toBe(second)
    expect(
      freePort(join(only, { from: 'dedup', port: second!, to: 'end' }), manifests, dedup),
    ).toBeUndefined()
  })

  it('stays the very same when nothing moved', () => {
    expect(place(line, new Map([['dedup', { x: 380.2, y: 0 }]]))).toBe(line)
  })

  it('keeps a node in one frame only, and no frame without a node', () => {
    const framed = group(line, 'g1', '一组', new Set(['dedup', 'end']))
    const again = group(framed, 'g2', '二组', new Set(['dedup']))
    expect(again.groups).toEqual([
      { id: 'g1', name: '一组', nodes: ['end'] },
      { id: 'g2', name: '二组', nodes: ['dedup'] },
    ])
    expect(remove(again, new Set(['end'])).groups).toEqual([{ id: 'g2', name: '二组', nodes: ['dedup'] }])
  })
})

describe('a new node', () => {
  it.each(nodeTypes.map(type => [type.type, type] as const))(
    '%s has a card with words at once',
    (_, type) => {
      const { params } = freshNode(type, new Set(), { x: 0, y: 0 })
      const { zh, en } = nodeSentence({ params }, type)
      for (const text of [zh, en]) expect(text).not.toMatch(/undefined|null|NaN|\[object/)
    },
  )

  it('comes behind an exit, joined, and clear of the cards that stand there', () => {
    const [, second] = exitsOf('order.dedup')
    const type = manifests.get('task.create')!
    const { graph, id } = putNode(line, manifests, type, { kind: 'exit', node: 'dedup', port: second! })
    expect(lines(graph)).toContain(`dedup/${second}>${id}`)
    const at = graph.nodes.find(each => each.id === id)!.position!
    expect(at.x).toBe(760)
    expect(at.y).toBeGreaterThan(88)
  })

  it('put into a line makes room for itself', () => {
    const { graph, id } = putNode(line, manifests, manifests.get('time.wait')!, {
      kind: 'line',
      line: 'start/received/dedup',
    })
    const xs = Object.fromEntries(graph.nodes.map(each => [each.id, each.position!.x]))
    expect(xs).toEqual({ start: 0, [id]: 380, dedup: 760, end: 1140 })
  })

  it('never takes an id that is there already', () => {
    const type = manifests.get('order.dedup')!
    expect(freshNode(type, new Set(['dedup', 'dedup-2']), { x: 0, y: 0 }).id).toBe('dedup-3')
  })
})

describe('copy and paste', () => {
  it('brings nodes with the lines among them under ids of their own, in another workflow too', () => {
    const clip = readClip(copyText(line, new Set(['dedup', 'end'])))!
    const here = paste(line, clip, { x: 100, y: 50 })
    expect([...here.ids]).toEqual(['dedup-2', 'end-2'])
    expect(lines(here.graph)).toContain('dedup-2/unique>end-2')
    expect(here.graph.nodes.find(({ id }) => id === 'end-2')?.position).toEqual({ x: 480, y: 50 })
    const elsewhere = paste(aGraph([]), clip, { x: 0, y: 0 })
    expect([...elsewhere.ids]).toEqual(['dedup', 'end'])
  })

  it('takes a whole exported workflow, and nothing that is none', () => {
    expect(readClip(JSON.stringify({ format: 'orderloom.workflow', graph: line }))?.nodes).toHaveLength(3)
    for (const text of ['', '你好', '[]', '{}', '{"nodes":[]}', '{"nodes":[{"id":1}]}', 'null'])
      expect(readClip(text)).toBeUndefined()
  })
})

describe('cards in line', () => {
  const cards = [
    { id: 'a', x: 0, y: 0, width: 240, height: 88 },
    { id: 'b', x: 300, y: 40, width: 240, height: 108 },
    { id: 'c', x: 900, y: 10, width: 240, height: 88 },
  ]

  it('share an edge or a middle', () => {
    expect([...align(cards, 'top').values()].map(({ y }) => y)).toEqual([0, 0, 0])
    expect([...align(cards, 'bottom').values()].map(({ y }) => y)).toEqual([60, 40, 60])
    expect([...align(cards, 'right').values()].map(({ x }) => x)).toEqual([900, 900, 900])
  })

  it('stand as far apart as the others when spread', () => {
    expect([...align(cards, 'across')].map(([id, { x }]) => [id, x])).toEqual([
      ['a', 0],
      ['b', 450],
      ['c', 900],
    ])
  })

  it('leave room for a new one', () => {
    const { y } = freePlace(cards, { x: 60, y: 10 })
    for (const card of cards.slice(0, 2)) expect(y).toBeGreaterThanOrEqual(card.y + card.height)
  })
})
