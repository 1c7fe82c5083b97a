import { describe, expect, it } from 'vitest'
import { logicDecisionTable } from '../../../server/nodes/logic-decision-table.ts'

describe('a row whose condition is still a text', () => {
  it('is an error, since the text would hold for every order', () => {
    const rows = [{ id: 'a', name: '大单', when: '金额比较大', port: 'p', action: '转人工' }]
    expect(logicDecisionTable.checkParams?.({ rows })).toEqual([
      {
        code: 'CONDITION_NOT_UNDERSTOOD',
        severity: 'error',
        param: 'rows/0/when',
        message: {
          zh: '规则「大单」的判断「金额比较大」还没看懂，请点选',
          en: 'The logic "金额比较大" of row "大单" is not understood yet; pick it by clicking',
        },
      },
    ])
  })

  it('belongs to a node whose form is the table itself', () => {
    expect(logicDecisionTable.params).toMatchObject({ ui: { as: 'decision-table' } })
  })
})
