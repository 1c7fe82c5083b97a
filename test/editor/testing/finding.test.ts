import { describe, expect, it } from 'vitest'
import { findingOf, movesOf } from '../../../editor/testing/finding.ts'
import { aResult, aTestRun } from './runs.ts'

const sentence = { zh: '', en: '' }
const was = (before: string, outcome: string) => aTestRun({ outcome, before: { outcome: before, sentence } })

describe('the finding of a test on many orders', () => {
  it('names what changes, the most frequent first', () => {
    const runs = [
      was('ship', 'backorder'),
      was('ship', 'ship'),
      was('transfer', 'ship'),
      was('ship', 'backorder'),
    ]
    expect(movesOf(runs)).toEqual([
      { from: 'ship', to: 'backorder', count: 2 },
      { from: 'transfer', to: 'ship', count: 1 },
    ])
    expect(findingOf(aResult(runs, { changed: 3 }))).toEqual({ kind: 'changed', moves: movesOf(runs) })
  })

  it('does not name moves it does not know all of', () => {
    expect(findingOf(aResult([was('ship', 'backorder')], { total: 1_000, changed: 400 }))).toEqual({
      kind: 'changed',
      moves: [],
    })
  })

  it('tells orders that came out the same from orders that never ran live', () => {
    const outcome = { outcome: 'ship', count: 1 }
    expect(findingOf(aResult([was('ship', 'ship')], { outcomes: [{ ...outcome, before: 1 }] })).kind).toBe(
      'same',
    )
    expect(findingOf(aResult([aTestRun()], { outcomes: [{ ...outcome, before: 0 }] })).kind).toBe('new')
    expect(findingOf(aResult([])).kind).toBe('nothing')
  })
})
