import { describe, expect, it } from 'vitest'
import { explainRun, sentenceOfRun } from '../../server/engine/explain-run.ts'
import { planOf } from '../../server/engine/plans.ts'
import type { RunDoc } from '../../server/store/run-doc.ts'
import { warehouseWorkflow } from '../support/warehouse-shop.ts'

const plan = planOf(
  {
    _id: 'wf@1',
    workspace: 'main',
    workflow: 'wf',
    version: 1,
    graph: warehouseWorkflow,
    note: '',
    publishedAt: new Date(0),
  },
  '仓库规则',
)

const aRun = (over: Partial<RunDoc>): RunDoc => ({
  _id: 'e/wf@1',
  workspace: 'main',
  workflow: 'wf',
  version: 1,
  event: 'e',
  order: 'plain:A1',
  lane: 0,
  status: 'done',
  outcome: 'ship',
  steps: [],
  startedAt: new Date(0),
  finishedAt: new Date(0),
  rev: 1,
  ...over,
})

const failed = (blame: string, message = '坏了 / broken') =>
  aRun({ status: 'failed', steps: [], error: { node: 'hold', code: 'X', message, blame, retryable: true } })

describe('the sentence of a run', () => {
  it('is never empty: where nothing had to be decided it says so', () => {
    expect(sentenceOfRun(aRun({ outcome: '' }), plan)).toEqual({
      zh: '没有需要决定的事',
      en: 'Nothing had to be decided',
    })
    expect(sentenceOfRun(aRun({ outcome: 'ship' }), plan).zh).toBe('ship')
  })

  it('tells of a failure in each language what failed, whose fault it is and what to do', () => {
    expect(sentenceOfRun(failed('workflow'), plan)).toEqual({
      zh: '「锁定库存」失败:坏了(属流程或设置的问题,改好后重试)',
      en: '"Hold stock" failed: broken (a matter of the workflow or its settings: mend it, then retry)',
    })
    expect(sentenceOfRun(failed('connector'), plan).zh).toContain('外部系统')
    expect(sentenceOfRun(failed('engine'), plan).zh).toContain('联系管理员')
    expect(sentenceOfRun(failed('engine', 'one language'), plan)).toMatchObject({
      zh: expect.stringContaining('one language'),
      en: expect.stringContaining('one language'),
    })
  })

  it('tells what a waiting run waits for, once each', () => {
    const token = { key: 'k', node: 'backorder', data: {} }
    const { zh } = sentenceOfRun(aRun({ status: 'waiting', tokens: [token, token] }), plan)
    expect(zh).toMatch(/^等待:[^、]+$/)
  })

  it('does not repeat a clause, and ends clauses without full stops', () => {
    const end = { node: 'shipped', ports: [] }
    expect(sentenceOfRun(aRun({ steps: [end, end] }), plan).zh).toBe('今日发货')
  })
})

describe('a run explained', () => {
  it('shows steps of nodes that are no longer drawn by their ids', () => {
    const { steps, sentence } = explainRun(
      aRun({
        steps: [
          { node: 'gone', ports: ['p'] },
          { node: 'shipped', ports: [] },
        ],
      }),
      plan,
    )
    expect(steps[0]).toMatchObject({
      node: 'gone',
      label: { zh: 'gone' },
      type: '',
      portNames: [{ zh: 'p' }],
      note: {},
    })
    expect(sentence.zh).toBe('今日发货')
  })
})
