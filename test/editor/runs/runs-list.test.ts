import { describe, expect, it } from 'vitest'
import type { RunSummary } from '../../../editor/api/contract.ts'
import { alikeOf } from '../../../editor/runs/alike.ts'
import { runQuestion } from '../../../editor/runs/run-filters.ts'
import { aRealRun } from '../testing/runs.ts'

/** 2026-11-22 12:34 in Asia/Shanghai. */
const NOON = Date.parse('2026-11-22T04:34:00Z')

describe('the filters of the runs', () => {
  it('become the question the server understands, and no more', () => {
    const filters = { order: '412', runs: 'failed', outcome: 'ship', version: '3', node: 'dedup', phone: '' }
    expect(runQuestion(filters, NOON)).toEqual({
      orderId: '412',
      status: 'failed',
      outcome: 'ship',
      version: '3',
      node: 'dedup',
    })
  })

  it('take no status that does not exist from an address', () => {
    expect(runQuestion({ runs: 'exploded' }, NOON)).toEqual({})
  })

  it('let today begin at midnight in Shanghai, wherever the browser stands', () => {
    expect(runQuestion({ since: 'today' }, NOON)).toEqual({ from: '2026-11-21T16:00:00.000Z' })
    const late = Date.parse('2026-11-22T15:59:00Z')
    expect(runQuestion({ since: 'today' }, late)).toEqual({ from: '2026-11-21T16:00:00.000Z' })
  })

  it('count an hour and a week back', () => {
    expect(runQuestion({ since: 'hour' }, NOON)).toEqual({ from: '2026-11-22T03:34:00.000Z' })
    expect(runQuestion({ since: 'week' }, NOON)).toEqual({ from: '2026-11-15T04:34:00.000Z' })
  })

  it('read chosen instants on the clock of Shanghai, and leave out what is half typed', () => {
    expect(runQuestion({ since: 'own', from: '2026-11-11T00:00', to: '2026-11-' }, NOON)).toEqual({
      from: '2026-11-10T16:00:00.000Z',
    })
    expect(runQuestion({ from: '2026-11-11T00:00' }, NOON)).toEqual({})
  })
})

describe('failures of one cause', () => {
  const failed = (node: string, code: string, retryable = true): RunSummary => {
    const { steps: _, ...run } = aRealRun({ status: 'failed' })
    return {
      ...run,
      error: { node, code, message: `${node} 坏了 / ${node} broke`, blame: 'connector', retryable },
    }
  }

  it('are gathered by step and code, the most frequent first', () => {
    const runs = [
      failed('hook', 'HTTP'),
      failed('hold', 'SHORT'),
      failed('hook', 'HTTP'),
      failed('hook', 'DNS'),
    ]
    expect(alikeOf(runs)[0]?.message).toBe('hook 坏了 / hook broke')
    expect(alikeOf(runs).map(({ node, code, runs }) => [node, code, runs])).toEqual([
      ['hook', 'HTTP', 2],
      ['hold', 'SHORT', 1],
      ['hook', 'DNS', 1],
    ])
  })

  it('leave out what cannot be tried again and what did not fail', () => {
    const { steps: _, ...done } = aRealRun()
    expect(alikeOf([failed('hook', 'HTTP', false), done])).toEqual([])
  })
})
