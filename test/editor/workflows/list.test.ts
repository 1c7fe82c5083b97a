import { describe, expect, it } from 'vitest'
import type { WorkflowSummary } from '../../../editor/api/contract.ts'
import { fileName, readWorkflowFile } from '../../../editor/workflows/file.ts'
import { failureRate, freeName, narrowed, stateOf } from '../../../editor/workflows/list.ts'

const published = { version: 1, at: '2026-11-22T04:00:00Z' }

const rows: readonly Pick<WorkflowSummary, 'name' | 'paused' | 'published'>[] = [
  { name: '素衣：三渠道订单处理', paused: false, published },
  { name: 'Flash sale 冻结', paused: true, published },
  { name: '三仓发货', paused: false },
]

const names = (found: readonly { readonly name: string }[]) => found.map(({ name }) => name)

describe('the list of workflows', () => {
  it('shows those of a state, and all where none is chosen', () => {
    expect(rows.map(stateOf)).toEqual(['running', 'paused', 'draft'])
    expect(names(narrowed(rows, { state: 'paused' }))).toEqual(['Flash sale 冻结'])
    expect(narrowed(rows, {})).toHaveLength(3)
  })

  it('finds names by any of their words, in any case', () => {
    expect(names(narrowed(rows, { find: '三' }))).toEqual(['素衣：三渠道订单处理', '三仓发货'])
    expect(names(narrowed(rows, { find: '冻结 FLASH' }))).toEqual(['Flash sale 冻结'])
    expect(narrowed(rows, { find: 'flash', state: 'running' })).toEqual([])
  })

  it('tells no failure rate of what never ran', () => {
    expect(failureRate({ runsToday: 0, failedToday: 0 })).toBe(0)
    expect(failureRate({ runsToday: 200, failedToday: 3 })).toBe(0.015)
  })

  it('names a new workflow so that it is told from the others', () => {
    expect(freeName('新流程', [])).toBe('新流程')
    expect(freeName('新流程', ['新流程', '新流程 3'])).toBe('新流程 2')
  })
})

describe('a workflow as a file', () => {
  const aFile = (text: string, size = text.length) => ({ size, text: async () => text })

  it('is read with every digit of the ids of platforms', async () => {
    const reading = await readWorkflowFile(
      aFile('\uFEFF{"format":"orderloom.workflow","id":6920075380029960001}'),
    )
    expect('document' in reading && JSON.stringify(reading.document)).toContain('6920075380029960001')
  })

  it('is refused when it holds something else', async () => {
    expect(await readWorkflowFile(aFile('订单号,金额'))).toEqual({ fault: 'not-json' })
    expect(await readWorkflowFile(aFile('{"nodes":[]}'))).toEqual({ fault: 'not-workflow' })
    expect(await readWorkflowFile(aFile('[]'))).toEqual({ fault: 'not-workflow' })
    expect(await readWorkflowFile(aFile('{}', 9_000_000))).toEqual({ fault: 'too-large' })
  })

  it('bears a name every system takes', () => {
    expect(fileName('素衣：订单/一')).toBe('素衣：订单-一.json')
    expect(fileName('..')).toBe('workflow.json')
  })
})
