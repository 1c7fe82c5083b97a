import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { clockText, durationText, fullInstant, momentText } from '../../../editor/format/time.ts'
import { startWords, type T } from '../../../editor/i18n/i18n.ts'

let zh: T
let en: T
beforeAll(() => {
  startWords('zh')
  zh = i18next.getFixedT('zh')
  en = i18next.getFixedT('en')
})

const noon = '2026-11-22T04:00:00Z'

describe('a moment', () => {
  it('is told by its day as people say it', () => {
    expect(momentText('2026-11-22T06:03:21Z', zh, noon)).toBe('今天 14:03')
    expect(momentText('2026-11-21T01:12:00Z', zh, noon)).toBe('昨天 09:12')
    expect(momentText('2026-11-20T01:12:00Z', zh, noon)).toBe('11月20日 09:12')
    expect(momentText('2025-11-20T01:12:00Z', zh, noon)).toBe('2025年11月20日 09:12')
    expect(momentText('2026-11-21T01:12:00Z', en, noon)).toBe('Yesterday 09:12')
  })

  it('belongs to the day in Shanghai, wherever the browser stands', () => {
    // 23:30 and 00:30 in Shanghai are both the 21st in Greenwich.
    expect(momentText('2026-11-21T15:30:00Z', zh, noon)).toBe('昨天 23:30')
    expect(momentText('2026-11-21T16:30:00Z', zh, noon)).toBe('今天 00:30')
  })

  it('keeps the whole instant with its zone behind it', () => {
    expect(fullInstant('2026-11-22T06:03:21.123Z')).toBe('2026-11-22 14:03:21.123 UTC+08:00')
    expect(clockText('2026-11-22T06:03:21.123Z')).toBe('14:03:21')
  })

  it('says so when the time cannot be read', () => {
    expect(momentText('gestern', zh, noon)).toBe('时间不详')
    expect(fullInstant('gestern')).toBe('gestern')
  })
})

describe('a duration', () => {
  it('is told in its two largest units', () => {
    expect(durationText(400, zh)).toBe('不到 1 秒')
    expect(durationText(12_900, zh)).toBe('12 秒')
    expect(durationText(12 * 60_000, zh)).toBe('12 分')
    expect(durationText(3 * 3_600_000 + 20 * 60_000 + 5_000, zh)).toBe('3 小时 20 分')
    expect(durationText(29 * 3_600_000, zh)).toBe('1 天 5 小时')
    expect(durationText(3 * 3_600_000 + 20 * 60_000, en)).toBe('3 h 20 min')
  })

  it('is never rounded up over a limit', () => {
    expect(durationText(59_999, zh)).toBe('59 秒')
    expect(durationText(3_600_000 - 1, zh)).toBe('59 分 59 秒')
    expect(durationText(86_400_000 - 1, zh)).toBe('23 小时 59 分')
  })
})
