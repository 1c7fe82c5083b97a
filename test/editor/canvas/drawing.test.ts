import { describe, expect, it } from 'vitest'
import type { LiveMessage } from '../../../editor/api/contract.ts'
import { type DrawingSource, drawing } from '../../../editor/canvas/drawing.ts'
import { countsOf, shareOfTraffic, throughPort } from '../../../editor/canvas/live-counts.ts'

const source: DrawingSource = {
  graph: {
    nodes: [
      { id: 'in', type: 'order.received', params: {} },
      { id: 'dedup', type: 'order.dedup', params: {}, label: '三分钟去重' },
      { id: 'x', type: 'removed.type', params: {} },
    ],
    edges: [
      { from: 'in', port: 'next', to: 'dedup' },
      { from: 'dedup', port: 'unique', to: 'x' },
      { from: 'dedup', port: 'unique', to: 'in' },
    ],
  },
  sentences: { dedup: { zh: '前后 3 分钟内手机号相同', en: 'same phone within 3 minutes' } },
  ports: {
    in: { next: { zh: '收到', en: 'received' } },
    dedup: { unique: { zh: '不重复', en: 'unique' }, duplicate: { zh: '重复', en: 'duplicate' } },
  },
  manifests: [
    { type: 'order.received', kind: 'trigger', name: { zh: '收到订单', en: 'Order received' } },
    { type: 'order.dedup', kind: 'decision', name: { zh: '去重窗口', en: 'Dedup window' } },
  ],
}

describe('a drawing', () => {
  it('shows each node by what people call it, and its rule as a sentence', () => {
    const { cards } = drawing(source, 'zh')
    expect(cards.map(card => [card.id, card.data.kind, card.data.title, card.data.sentence])).toEqual([
      ['in', 'trigger', '收到订单', ''],
      ['dedup', 'decision', '三分钟去重', '前后 3 分钟内手机号相同'],
      ['x', 'data', 'removed.type', ''],
    ])
    expect(cards[1]!.data.ports.map(port => port.name)).toEqual(['不重复', '重复'])
  })

  it('names a port once, though several lines leave it', () => {
    expect(drawing(source, 'en').lines.map(line => [line.source, line.target, line.data?.name])).toEqual([
      ['in', 'dedup', 'received'],
      ['dedup', 'x', 'unique'],
      ['dedup', 'in', undefined],
    ])
  })

  it('gives every card and line an id of its own', () => {
    const { cards, lines } = drawing(source, 'zh')
    expect(new Set(cards.map(card => card.id)).size).toBe(cards.length)
    expect(new Set(lines.map(line => line.id)).size).toBe(lines.length)
  })
})

describe('live counts on a drawing', () => {
  const flow = { accepted: 0, decided: 0, waiting: 0, failed: 0 }
  const message: LiveMessage = {
    at: '2026-11-22T04:00:00Z',
    rates: flow,
    totals: flow,
    backlog: 0,
    oldestPendingAgeMs: 0,
    workflows: [
      { id: 'w', version: 2, nodes: { in: { in: 9, ports: { next: 9 }, failed: 0 } } },
      {
        id: 'w',
        version: 3,
        nodes: {
          in: { in: 400, ports: { next: 400 }, failed: 0 },
          dedup: { in: 400, ports: { unique: 368, duplicate: 32 }, failed: 0 },
        },
      },
    ],
  }

  it('are those of the version on screen and no other', () => {
    expect(throughPort(countsOf(message, 'w', 3), 'in', 'next')).toBe(400)
    expect(throughPort(countsOf(message, 'w', 2), 'in', 'next')).toBe(9)
    expect(throughPort(countsOf(message, 'other', 3), 'in', 'next')).toBe(0)
    expect(throughPort(countsOf(undefined, 'w', 3), 'in', 'next')).toBe(0)
  })

  it('make a line as thick as its share of the busiest', () => {
    const counts = countsOf(message, 'w', 3)
    expect(shareOfTraffic(counts, 'in', 'next')).toBe(1)
    expect(shareOfTraffic(counts, 'dedup', 'duplicate')).toBe(0.1)
    expect(shareOfTraffic({}, 'dedup', 'duplicate')).toBe(0)
  })
})
