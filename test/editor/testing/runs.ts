import type { RunDetail } from '../../../editor/api/contract.ts'
import type { TestResult, TestRun, TestStep } from '../../../editor/api/test-contract.ts'

const both = (words: string) => ({ zh: words, en: `${words} (en)` })

export function aStep(node: string, ports: readonly string[], more: Partial<TestStep> = {}): TestStep {
  return {
    node,
    label: both(node),
    kind: 'decision',
    ports,
    portNames: ports.map(both),
    sentence: both(`${node} 决定`),
    changes: [],
    effects: [],
    ...more,
  }
}

export function aTestRun(more: Partial<TestRun> = {}): TestRun {
  return {
    event: 'e1',
    orderKey: 'tb:1',
    orderId: '1',
    connection: 'tb',
    status: 'done',
    outcome: 'ship',
    sentence: both('发货'),
    steps: [aStep('in', ['received']), aStep('end', [], { kind: 'end' })],
    ...more,
  }
}

export function aRealRun(more: Partial<RunDetail> = {}): RunDetail {
  return {
    id: 'r1',
    workflow: 'w',
    workflowName: '流程',
    version: 1,
    orderKey: 'tb:1',
    orderId: '1',
    status: 'done',
    outcome: 'ship',
    startedAt: '2026-11-22T04:00:00Z',
    sentence: both('发货'),
    steps: [],
    ...more,
  }
}

export function aResult(runs: readonly TestRun[], more: Partial<TestResult> = {}): TestResult {
  return {
    at: '2026-11-22T04:00:00Z',
    runs,
    total: runs.length,
    outcomes: [],
    changed: 0,
    failed: 0,
    nodes: {},
    tookMs: 10,
    ...more,
  }
}
