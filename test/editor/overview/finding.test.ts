import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Rates } from '../../../editor/api/contract.ts'
import { startWords, type T } from '../../../editor/i18n/i18n.ts'
import type { RateWindow } from '../../../editor/live/rate-window.ts'
import { backlogWords } from '../../../editor/overview/backlog-words.ts'
import { finding } from '../../../editor/overview/finding.ts'

let zh: T
let en: T
beforeAll(() => {
  startWords('zh')
  zh = i18next.getFixedT('zh')
  en = i18next.getFixedT('en')
})

function flow(seconds: number, rates: Partial<Rates>): RateWindow {
  const all = { accepted: 0, decided: 0, waiting: 0, failed: 0, ...rates }
  return Array.from({ length: seconds }, (_, i) => ({ second: 1_000 + i, rates: all }))
}

describe('the title of the flow chart', () => {
  it('says when nothing is known, and when nothing came', () => {
    expect(finding([], 0, zh)).toBe('还没有收到实时数据')
    expect(finding(flow(120, {}), 0, zh)).toBe('过去 2 分钟没有新订单')
  })

  it('speaks of as many seconds as were seen', () => {
    expect(finding(flow(35, {}), 0, zh)).toBe('过去 35 秒没有新订单')
  })

  it('says that deciding keeps up', () => {
    expect(finding(flow(120, { accepted: 52, decided: 52 }), 0, zh)).toBe(
      '判定跟得上：过去 2 分钟平均每秒来 52 单，判 52 单',
    )
    expect(finding(flow(120, { accepted: 52, decided: 52 }), 0, en)).toBe(
      'Keeping up: 52/s in and 52/s decided over the last 2 min',
    )
  })

  it('warns of failures from one in a hundred on, before anything else', () => {
    expect(finding(flow(100, { accepted: 99, decided: 99, failed: 1 }), 500, zh)).toBe(
      '过去 100 秒有 100 单失败，占 1%',
    )
    expect(finding(flow(100, { accepted: 100, decided: 100, failed: 0.5 }), 0, zh)).toContain('判定跟得上')
  })

  it('says that a backlog grows or shrinks by the last seconds, not by the last minutes', () => {
    const calm = flow(100, { accepted: 100, decided: 100 })
    const rush = flow(20, { accepted: 520, decided: 300 })
    const after = flow(20, { accepted: 100, decided: 300 })
    expect(finding([...calm, ...rush], 4_400, zh)).toBe('来单快于判定：每秒来 520 单，判 300 单')
    expect(finding([...calm, ...after], 4_400, zh)).toBe('正在消化积压：每秒来 100 单，判 300 单')
    expect(finding([...calm, ...rush], 0, zh)).toContain('判定跟得上')
    // A second's worth of orders on their way is no backlog.
    expect(finding([...calm, ...rush], 300, zh)).toContain('判定跟得上')
  })
})

describe('the backlog in words', () => {
  const pace = 200

  it('says that there is none', () => {
    expect(backlogWords(0, 0, pace, zh)).toEqual({
      state: 'none',
      text: '没有积压，来一单判一单。',
      outlook: '',
    })
  })

  it('tells how many, how old and how long it will last', () => {
    expect(backlogWords(1_203, 12_000, pace, zh)).toEqual({
      state: 'moving',
      text: '1,203 单在排队，最早的等了 12 秒。',
      outlook: '照现在的速度，约 6 秒排完。',
    })
  })

  it('warns when an order waits a minute or longer, and when the queue does not move', () => {
    expect(backlogWords(1, 60_000, pace, zh).state).toBe('late')
    expect(backlogWords(1, 59_999, pace, zh).state).toBe('moving')
    expect(backlogWords(50, 90_000, 0, zh).outlook).toBe('排队的单没有在减少。')
    expect(backlogWords(50, 9_000, 0, zh).outlook).toBe('')
  })

  it('says when the queue grows', () => {
    expect(backlogWords(12_345, 25_000, -40, zh).outlook).toBe('来得比判得快，队还在变长。')
    expect(backlogWords(12_345, 25_000, 500, zh)).toMatchObject({
      text: '12,345 单在排队，最早的等了 25 秒。',
      outlook: '照现在的速度，约 24 秒排完。',
    })
  })

  it('counts one order as one in English', () => {
    expect(backlogWords(1, 3_000, pace, en).text).toBe('1 order is queued; it has waited 3 s.')
    expect(backlogWords(2, 3_000, pace, en).text).toBe('2 orders are queued; the oldest has waited 3 s.')
  })
})
