import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { startWords } from '../../../editor/i18n/i18n.ts'
import { paceText } from '../../../editor/live/pace-text.ts'

beforeAll(() => startWords('zh'))

describe('the pace in words', () => {
  it('says that there is no limit, or how many orders a second', () => {
    expect(paceText(0, i18next.getFixedT('zh'))).toBe('尽快')
    expect(paceText(12_500, i18next.getFixedT('zh'))).toBe('每秒最多 12,500 单')
    expect(paceText(500, i18next.getFixedT('en'))).toBe('at most 500 orders/s')
  })
})
