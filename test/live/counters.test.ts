import { describe, expect, it } from 'vitest'
import type { BatchReport } from '../../server/engine/batch-report.ts'
import { makeCounters } from '../../server/live/counters.ts'
import { rateWindow } from '../../server/live/rate-window.ts'
import type { RunDoc } from '../../server/store/run-doc.ts'

const aRun = (over: Partial<RunDoc>): RunDoc => ({
  _id: 'e1/wf@1',
  workspace: 'main',
  workflow: 'wf',
  version: 1,
  event: 'e1',
  order: 'shop:A1',
  lane: 0,
  status: 'done',
  outcome: 'ship',
  steps: [
    { node: 'start', ports: ['received'] },
    { node: 'table', ports: ['ship'] },
  ],
  startedAt: new Date(0),
  finishedAt: new Date(0),
  rev: 1,
  ...over,
})

const aBatch = (
  runs: RunDoc[],
  earlierSteps = new Map<string, number>(),
  leftWaiting = new Map<string, string>(),
): BatchReport => ({
  at: new Date(0),
  runs,
  orders: new Map(),
  events: runs.length,
  calls: 0,
  restocks: 0,
  earlierSteps,
  leftWaiting,
  nodeTimes: new Map(),
})

describe('the rate of the last second', () => {
  it('counts what came within it and falls to zero a second after the last', () => {
    const window = rateWindow()
    window.add(3, 10_000)
    window.add(2, 10_500)
    expect(window.perSecond(10_900)).toBe(5)
    expect(window.perSecond(11_050)).toBe(2)
    expect(window.perSecond(11_600)).toBe(0)
  })

  it('forgets everything after a long silence', () => {
    const window = rateWindow()
    window.add(7, 1_000)
    expect(window.perSecond(9_999_999)).toBe(0)
  })

  it('does not lose what is added while the clock is set back', () => {
    const window = rateWindow()
    window.add(1, 20_000)
    window.add(1, 19_000)
    expect(window.perSecond(20_000)).toBe(2)
  })
})

describe('live counters', () => {
  it('count every node, port and outcome of a batch', () => {
    const counters = makeCounters(() => 5_000)
    counters.accepted(4)
    counters.batch(
      aBatch([
        aRun({ _id: 'a' }),
        aRun({
          _id: 'b',
          steps: [
            { node: 'start', ports: ['received'] },
            { node: 'table', ports: ['else', 'log'] },
          ],
        }),
        aRun({
          _id: 'c',
          status: 'failed',
          steps: [{ node: 'start', ports: [] }],
          error: { node: 'start', code: 'X', message: '', blame: 'engine', retryable: true },
        }),
        aRun({ _id: 'd', status: 'waiting' }),
      ]),
    )
    expect(counters.totals()).toEqual({ accepted: 4, decided: 2, failed: 1, waiting: 1 })
    expect(counters.rates()).toEqual({ accepted: 4, decided: 2, failed: 1, waiting: 1 })
    expect(counters.workflows()).toEqual([
      {
        id: 'wf',
        version: 1,
        nodes: {
          start: { in: 4, ports: { received: 3 }, failed: 1 },
          table: { in: 3, ports: { ship: 2, else: 1, log: 1 }, failed: 0 },
        },
      },
    ])
  })

  it('count only the new steps of a run that went on, and its way out of the node it waited at', () => {
    const counters = makeCounters(() => 5_000)
    const first = [
      { node: 'start', ports: ['received'] },
      { node: 'ask', ports: [] },
    ]
    counters.batch(aBatch([aRun({ status: 'waiting', steps: first })]))
    expect(counters.workflows()[0]!.nodes.ask).toEqual({ in: 1, ports: {}, failed: 0 })
    const later = [
      ...first,
      { node: 'ask', ports: ['keep'], note: { by: '小王' } },
      { node: 'end', ports: [] },
    ]
    counters.batch(aBatch([aRun({ steps: later })], new Map([['e1/wf@1', 2]]), new Map([['e1/wf@1', 'ask']])))
    expect(counters.workflows()[0]!.nodes).toEqual({
      start: { in: 1, ports: { received: 1 }, failed: 0 },
      ask: { in: 1, ports: { keep: 1 }, failed: 0 },
      end: { in: 1, ports: {}, failed: 0 },
    })
  })

  it('keep versions of one workflow apart, and take nodes named like object internals', () => {
    const counters = makeCounters(() => 0)
    counters.batch(aBatch([aRun({ version: 1, steps: [{ node: 'constructor', ports: ['toString'] }] })]))
    counters.batch(aBatch([aRun({ version: 2 })]))
    expect(counters.workflows().map(each => each.version)).toEqual([1, 2])
    expect(counters.workflows()[0]!.nodes.constructor).toEqual({ in: 1, ports: { toString: 1 }, failed: 0 })
  })

  it('tell the mean time of a visit, of late rather than of ever', () => {
    const counters = makeCounters(() => 0)
    const took = (items: number, ms: number) =>
      counters.batch({
        ...aBatch([aRun({})]),
        nodeTimes: new Map([['wf@1', new Map([['table', { items, ms }]])]]),
      })
    took(100, 200)
    expect(counters.workflows()[0]!.nodes.table).toMatchObject({ meanMs: 2 })
    expect(counters.workflows()[0]!.nodes.start).not.toHaveProperty('meanMs')
    took(300, 200)
    expect(counters.workflows()[0]!.nodes.table).toMatchObject({ meanMs: 1 })
    for (let batch = 0; batch < 100; batch++) took(500, 5_000)
    expect(counters.workflows()[0]!.nodes.table!.meanMs).toBeGreaterThan(9.99)
  })

  it('tell by their revision whether anything changed', () => {
    const counters = makeCounters()
    const before = counters.revision
    counters.rates()
    expect(counters.revision).toBe(before)
    counters.accepted(1)
    expect(counters.revision).toBeGreaterThan(before)
  })
})
