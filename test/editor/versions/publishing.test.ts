import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import type { CaseResult, ChangeInWords } from '../../../editor/api/draft-contract.ts'
import type { TestRun } from '../../../editor/api/test-contract.ts'
import { startWords } from '../../../editor/i18n/i18n.ts'
import { changeText, grouped, markOf, withPlaces } from '../../../editor/versions/change-text.ts'
import { against, parkedOn } from '../../../editor/versions/sides.ts'
import { faultOf, verdictOf } from '../../../editor/versions/verdict.ts'
import { nodeTypesByType } from '../../../server/nodes/index.ts'
import { diffWords } from '../../../server/workflow/diff-words.ts'
import type { Problem } from '../../../server/workflow/problem.ts'
import type { Text } from '../../../server/workflow/text.ts'
import { same } from '../../../server/workflow/words.ts'

const aProblem = (severity: Problem['severity']): Problem => ({ code: 'X', severity, message: same('x') })

const aRun = (part: Partial<TestRun>): TestRun => ({
  event: 'e',
  orderKey: 'k',
  orderId: '1',
  connection: 'c',
  status: 'done',
  outcome: 'ship',
  sentence: same(''),
  steps: [],
  ...part,
})

const aCase = (passed: boolean, run = aRun({})): CaseResult => ({
  id: 'c',
  name: 'c',
  passed,
  expect: { outcome: 'ship' },
  run,
})

describe('a draft about to be published', () => {
  const clean = { unchanged: false, problems: [], cases: [aCase(true)] }

  it('may go live when it has no errors and its cases pass', () => {
    expect(verdictOf(clean, false).mayPublish).toBe(true)
  })

  it('may go live with warnings, never with errors', () => {
    expect(verdictOf({ ...clean, problems: [aProblem('warning')] }, false).mayPublish).toBe(true)
    const wrong = verdictOf({ ...clean, problems: [aProblem('error'), aProblem('warning')] }, true)
    expect(wrong).toMatchObject({ errors: 1, mayPublish: false })
  })

  it('goes live despite a failing case only on the word of the person', () => {
    const failing = { ...clean, cases: [aCase(true), aCase(false)] }
    expect(verdictOf(failing, false)).toMatchObject({ failing: 1, mayPublish: false })
    expect(verdictOf(failing, true).mayPublish).toBe(true)
  })

  it('is not published again when nothing changed', () => {
    expect(verdictOf({ ...clean, unchanged: true }, true).mayPublish).toBe(false)
  })

  it('tells another outcome from another way to the same one', () => {
    expect(faultOf(aCase(false, aRun({ outcome: 'transfer' })))).toBe('outcome')
    expect(faultOf(aCase(false, aRun({ status: 'failed' })))).toBe('outcome')
    expect(faultOf(aCase(false))).toBe('path')
  })
})

describe('what a version is compared with', () => {
  const versions = [{ version: 7 }, { version: 4 }, { version: 1 }]

  it('is the one before it, numbers left out or not', () => {
    expect(against(7, versions, 7)).toBe(4)
    expect(against(4, versions, 7)).toBe(1)
  })

  it('is what is live for the draft, which need not be the newest', () => {
    expect(against('draft', versions, 4)).toBe(4)
    expect(against('draft', versions, undefined)).toBe(7)
  })

  it('is itself for the first, which shows it without marks', () => {
    expect(against(1, versions, 7)).toBe(1)
  })
})

describe('versions runs wait on', () => {
  it('are those with at least one', () => {
    const versions = [
      { version: 3, parked: 0 },
      { version: 2, parked: 12 },
    ]
    expect(parkedOn(versions)).toEqual([{ version: 2, parked: 12 }])
  })
})

describe('a change in words', () => {
  startWords('zh')
  const t = i18next.getFixedT('zh')
  const say = (text: Text | undefined) => text?.zh ?? ''
  const told = (change: ChangeInWords) => changeText(change, t, say)

  it('says what was and what is', () => {
    const change: ChangeInWords = {
      kind: 'node-changed',
      node: 'dedup',
      what: same('去重窗口'),
      before: same('3 分钟'),
      after: same('5 分钟'),
    }
    expect(told(change)).toBe('去重窗口：3 分钟 → 5 分钟')
    expect(told({ ...change, before: same('') })).toBe('去重窗口：（空） → 5 分钟')
  })

  it('says of a line what the server says of it', () => {
    const line = same('「库存」的「缺货」→「转人工」')
    expect(told({ kind: 'edge-added', after: line })).toBe(line.zh)
    expect(told({ kind: 'edge-removed', before: line })).toBe(line.zh)
  })

  it('is marked as the canvas marks it', () => {
    expect(
      (['node-added', 'edge-removed', 'node-changed', 'description'] as const).map(kind => markOf({ kind })),
    ).toEqual(['added', 'removed', 'changed', 'changed'])
  })

  it('stands with the others of its node; lines stand together', () => {
    const changes: ChangeInWords[] = [
      { kind: 'node-changed', node: 'a' },
      { kind: 'edge-added' },
      { kind: 'description' },
      { kind: 'node-added', node: 'b' },
      { kind: 'node-changed', node: 'a' },
      { kind: 'edge-removed', node: 'a' },
    ]
    expect(grouped(changes).map(group => [group.about, group.changes.length])).toEqual([
      ['node', 2],
      ['lines', 2],
      ['drawing', 1],
      ['node', 1],
    ])
  })

  it('of a line leads to the node the line starts from', () => {
    const node = (id: string) => ({ id, type: 'flow.end', params: {} })
    const line = (from: string, to: string) => ({ from, port: 'next', to })
    const nodes = ['a', 'b', 'c'].map(node)
    const from = { nodes, edges: [line('a', 'b'), line('b', 'c')] }
    const to = { nodes: [...nodes, node('d')], edges: [line('a', 'c'), line('b', 'd')] }
    const changes = diffWords(from, to, nodeTypesByType, [])
    expect(withPlaces({ from, to, changes }).map(({ kind, node }) => [kind, node])).toEqual([
      ['node-added', 'd'],
      ['edge-added', 'a'],
      ['edge-added', 'b'],
      ['edge-removed', 'a'],
      ['edge-removed', 'b'],
    ])
  })
})
