import { describe, expect, it } from 'vitest'
import {
  countsSince,
  ranked,
  remember,
  type Snapshot,
  slowestNode,
  steppedMs,
} from '../../../editor/live/traffic.ts'

const node = (entered: number, more: object = {}) => ({
  in: entered,
  ports: { next: entered },
  failed: 0,
  ...more,
})

describe('traffic since an instant', () => {
  it('is what came after it', () => {
    const before = { a: node(100, { failed: 2 }) }
    const now = { a: node(130, { failed: 5, waiting: 4 }), b: node(7) }
    expect(countsSince(now, before)).toEqual({
      a: { in: 30, ports: { next: 30 }, failed: 3, waiting: 4 },
      b: node(7),
    })
    expect(countsSince(now, undefined)).toBe(now)
  })

  it('has the mean time of its own visits, not of all since the start', () => {
    const since = countsSince({ a: node(110, { meanMs: 3 }) }, { a: node(100, { meanMs: 1 }) })
    expect(since.a?.meanMs).toBeCloseTo(23)
  })

  it('stands as it is when the server started anew', () => {
    const now = { a: node(5, { meanMs: 2 }) }
    expect(countsSince(now, { a: node(900, { meanMs: 9 }) })).toEqual(now)
  })
})

describe('what is kept to tell the last minute', () => {
  const at = (second: number): Snapshot => ({ at: second * 1_000, counts: {} })
  const seconds = (kept: readonly Snapshot[]) => kept.map(each => each.at / 1_000)

  it('is a snapshot every five seconds and one that is a minute old', () => {
    let kept: readonly Snapshot[] = []
    for (let second = 0; second <= 300; second += 0.5) kept = remember(kept, at(second))
    expect(kept.length).toBeLessThan(16)
    expect(seconds(kept)[0]).toBe(240)
    expect(seconds(kept).at(-1)).toBe(300)
  })

  it('starts anew when the clock was set back', () => {
    expect(seconds(remember(remember([], at(100)), at(40)))).toEqual([40])
  })
})

describe('the nodes that stand out', () => {
  const counts = {
    map: node(500, { meanMs: 0.4 }),
    hook: node(500, { meanMs: 212.6, failed: 3, waiting: 1 }),
    wait: node(90, { meanMs: 0.1, waiting: 61 }),
    once: node(1, { meanMs: 900 }),
    table: node(500),
  }

  it('are ranked by time, failures or those who wait, the worst first', () => {
    expect(ranked(counts, 'failed', 5)).toEqual([{ node: 'hook', value: 3 }])
    expect(ranked(counts, 'waiting', 5).map(each => each.node)).toEqual(['wait', 'hook'])
    expect(ranked(counts, 'slow', 2)).toEqual([
      { node: 'once', value: 900 },
      { node: 'hook', value: 210 },
    ])
  })

  it('name one as the slowest only where it takes long and was visited enough', () => {
    expect(slowestNode(counts)).toBe('hook')
    expect(slowestNode({ map: node(500, { meanMs: 0.4 }) })).toBeUndefined()
    expect(slowestNode({})).toBeUndefined()
  })

  it('change their time on screen only when two digits of it change', () => {
    expect(steppedMs(212.6)).toBe(steppedMs(208.1))
    expect(steppedMs(0)).toBe(0)
    expect(steppedMs(0.034)).toBe(0.034)
  })
})
