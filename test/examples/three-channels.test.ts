import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { LAG, type StoryOrder, storyOrders } from '../../examples/three-channels/orders.ts'
import { roundsOf } from '../../examples/three-channels/rounds.ts'
import { parseJson } from '../../server/intake/json.ts'
import { mapText, platformMapping } from './platform-mapping.ts'

const story = [...storyOrders(11)]
const ofKind = (kind: StoryOrder['kind']) => story.filter(each => each.kind === kind)
const originalOf = (entry: StoryOrder) =>
  story.findIndex(each => each.kind === 'sale' && each.order.buyer.phone === entry.order.buyer.phone)
const skusOf = ({ order }: StoryOrder) => order.lines.map(line => line.product.sku).sort()

describe('the documents of the three-channels story', () => {
  it('are the same bytes for the same seed and others for another', () => {
    const texts = (seed: number) => [...storyOrders(seed, { orders: 200 })].map(each => each.text)
    expect(texts(5)).toEqual(texts(5))
    expect(texts(5)).not.toEqual(texts(6))
  })

  it('hold about 8 % duplicates and 1 % malformed among 3,000', () => {
    expect(story).toHaveLength(3_000)
    expect(ofKind('duplicate').length / 3_000).toBeCloseTo(0.08, 1)
    expect(ofKind('malformed').length / 3_000).toBeCloseTo(0.01, 1)
    for (const kind of ['late-twin', 'other-items', 'redelivery'] as const)
      expect(ofKind(kind).length).toBeGreaterThan(5)
  })

  it('give every order an id and every new buyer a phone of its own', () => {
    const unique = story.filter(each => each.kind !== 'redelivery')
    expect(new Set(unique.map(each => each.orderKey)).size).toBe(unique.length)
    const fresh = [...ofKind('sale'), ...ofKind('malformed')]
    expect(new Set(fresh.map(each => each.order.buyer.phone)).size).toBe(fresh.length)
  })

  it('have duplicates of the same phone and SKUs within 3 minutes on another channel, after their original', () => {
    for (const twin of ofKind('duplicate')) {
      const at = originalOf(twin)
      const original = story[at]!
      expect(twin.duplicateOf).toBe(original.orderKey)
      expect(skusOf(twin)).toEqual(skusOf(original))
      expect(twin.channel).not.toBe(original.channel)
      expect(Math.abs(+twin.order.orderedAt - +original.order.orderedAt)).toBeLessThanOrEqual(180_000)
      expect(story.indexOf(twin) - at).toBeGreaterThanOrEqual(LAG)
    }
  })

  it('have near misses: one second too late, or other SKUs in time', () => {
    const apart = ofKind('late-twin').map(
      twin => +twin.order.orderedAt - +story[originalOf(twin)]!.order.orderedAt,
    )
    expect(Math.min(...apart)).toBe(181_000)
    for (const other of ofKind('other-items')) {
      const original = story[originalOf(other)]!
      expect(skusOf(other)).not.toEqual(skusOf(original))
      expect(+other.order.orderedAt - +original.order.orderedAt).toBeLessThanOrEqual(180_000)
    }
  })

  it('are read by the platform mappings, all but the malformed, which are told what is wrong', () => {
    const maps = new Map(
      ['taobao', 'douyin', 'pinduoduo'].map(channel => [
        channel,
        platformMapping(`connectors/${channel}/mapping.json`).mapping,
      ]),
    )
    const field = { 'no-phone': 'phone', 'no-items': 'items', 'bad-amount': 'paidFen' } as const
    for (const entry of story) {
      const { defect } = entry
      if (defect === 'cut-off') {
        expect(() => parseJson(entry.text)).toThrow(SyntaxError)
        continue
      }
      const { order, problems } = mapText(maps.get(entry.channel)!, entry.text, entry.channel)
      if (defect) expect(problems?.map(problem => problem.field)).toEqual([field[defect]])
      else
        expect([order?.orderId, order?.phone, problems]).toEqual([
          entry.orderId,
          entry.order.buyer.phone,
          undefined,
        ])
    }
  })
})

describe('the rounds in which the shops are fetched', () => {
  const rounds = roundsOf(story)
  const roundOf = new Map(
    rounds.flatMap((round, index) =>
      round.filter(each => each.kind !== 'redelivery').map(each => [each.orderKey, index] as const),
    ),
  )

  it('hold every document once, in the order of the story', () => {
    expect(rounds.flat()).toEqual(story)
  })

  it('put what refers to an order into a later round than that order', () => {
    for (const [index, round] of rounds.entries())
      for (const { kind, duplicateOf, orderKey } of round) {
        if (kind === 'duplicate') expect(roundOf.get(duplicateOf!)).toBeLessThan(index)
        if (kind === 'redelivery') expect(roundOf.get(orderKey)).toBeLessThan(index)
      }
  })

  it('are few: each begins only where it must', () => {
    expect(rounds.length).toBeLessThan(story.length / LAG)
    for (const [index, round] of rounds.entries()) {
      const before = new Set(rounds[index - 1]?.map(each => each.orderKey))
      const { duplicateOf, orderKey } = round[0]!
      if (index > 0) expect(before.has(duplicateOf ?? orderKey)).toBe(true)
    }
  })
})

const benchmark = new URL('../../../shared/bench/peers/lib/orders.js', import.meta.url)
const hasBenchmark = existsSync(benchmark)
if (!hasBenchmark) console.warn('The order benchmark (../shared/bench/peers) is absent: its test is skipped.')

interface BenchmarkOrder {
  readonly orderId: string
  readonly channel: 'taobao' | 'douyin'
  readonly defect?: 'phone' | 'items' | 'amount' | 'cut'
  readonly body: string
}

describe.skipIf(!hasBenchmark)('the mappings for the shapes of the order benchmark', () => {
  it('read every order of it, and name what is wrong with the malformed', async () => {
    const { createOrderStream } = (await import(benchmark.href)) as {
      createOrderStream(options: { seed: number; baseTime: number }): { next(): BenchmarkOrder }
    }
    const mappings = {
      taobao: platformMapping('test/bench/peers/taobao.json').mapping,
      douyin: platformMapping('test/bench/peers/douyin.json').mapping,
    }
    const stream = createOrderStream({ seed: 3, baseTime: Date.UTC(2026, 0, 1) })
    const fields = { phone: 'phone', items: 'items', amount: 'paidFen' } as const
    const met = new Set<string>()
    for (let count = 0; count < 2_000; count++) {
      const { orderId, channel, defect, body } = stream.next()
      met.add(defect ?? channel)
      if (defect === 'cut') continue
      const { order, problems } = mapText(mappings[channel], body, channel)
      if (defect) expect(problems?.map(problem => problem.field)).toEqual([fields[defect]])
      else expect([order?.orderId, problems]).toEqual([orderId, undefined])
    }
    expect(met).toEqual(new Set(['taobao', 'douyin', 'phone', 'items', 'amount', 'cut']))
  })
})
