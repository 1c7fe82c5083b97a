import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../editor/api/contract.ts'
import {
  arrive,
  LIST_LENGTH,
  noDecisions,
  release,
  sample,
  seed,
} from '../../../editor/live/decision-list.ts'

function decision(run: number, status: Decision['status'] = 'done'): Decision {
  return {
    run: `run-${run}`,
    orderKey: `tb:${run}`,
    orderId: String(run),
    status,
    sentence: { zh: '首单', en: 'first' },
    at: '2026-11-22T04:00:00Z',
  }
}

const runs = (rows: readonly Decision[]) => rows.map(row => row.run)
const from = (first: number, count: number) => Array.from({ length: count }, (_, i) => decision(first + i))

describe('the list of newest decisions', () => {
  it('puts new rows on top', () => {
    const list = arrive(arrive(noDecisions, [decision(1)], false), [decision(3), decision(2)], false)
    expect(runs(list.shown)).toEqual(['run-3', 'run-2', 'run-1'])
  })

  it('stands still while it is held, and lets the new rows in on release', () => {
    const shown = arrive(noDecisions, [decision(1)], false)
    const held = arrive(arrive(shown, [decision(2)], true), [decision(3)], true)
    expect(held.shown).toBe(shown.shown)
    expect(held.heldCount).toBe(2)
    const released = release(held)
    expect(runs(released.shown)).toEqual(['run-3', 'run-2', 'run-1'])
    expect(released.heldCount).toBe(0)
  })

  it('counts all that came in while held, though it keeps no more than fit', () => {
    let list = noDecisions
    for (let i = 0; i < 50; i++) list = arrive(list, from(i * 20, 20), true)
    expect(list.heldCount).toBe(1_000)
    expect(list.held).toHaveLength(LIST_LENGTH)
    expect(release(list).shown).toHaveLength(LIST_LENGTH)
  })

  it('never grows beyond what is shown', () => {
    let list = noDecisions
    for (let i = 0; i < 500; i++) list = arrive(list, from(i * 20, 20), false)
    expect(list.shown).toHaveLength(LIST_LENGTH)
  })

  it('shows a run told about again once, in its newest state', () => {
    const waiting = arrive(noDecisions, [decision(2), decision(1, 'waiting')], false)
    const done = arrive(waiting, [decision(1, 'done')], false)
    expect(done.shown.map(row => [row.run, row.status])).toEqual([
      ['run-1', 'done'],
      ['run-2', 'done'],
    ])
  })

  it('takes what the store knows below what the socket told', () => {
    const list = seed(arrive(noDecisions, [decision(9)], false), [decision(9, 'waiting'), decision(8)])
    expect(list.shown.map(row => [row.run, row.status])).toEqual([
      ['run-9', 'done'],
      ['run-8', 'done'],
    ])
  })

  it('takes no more rows at once than can be followed, and none that failed is left out for one that did not', () => {
    const rows = [...from(10, 20), decision(5, 'failed'), decision(4, 'waiting')]
    expect(runs(sample(rows, 4))).toEqual(['run-10', 'run-11', 'run-5', 'run-4'])
    expect(sample(rows, 40)).toBe(rows)
  })

  it('stays the same list when nothing came', () => {
    const list = arrive(noDecisions, [decision(1)], false)
    expect(arrive(list, [], false)).toBe(list)
    expect(release(list)).toBe(list)
  })
})
