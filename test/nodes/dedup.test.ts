import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileDedupKey } from '../../server/nodes/dedup-key.ts'
import { anEvent, anOrder } from '../../server/nodes/example-order.ts'
import { orderDedup } from '../../server/nodes/order-dedup.ts'
import { simulatedWorld } from '../../server/world/simulated.ts'
import { runBatch, runOne, told } from './run-node.ts'

const item = (sku: string, quantity = 1) => ({ sku, title: '', quantity, unitPriceFen: 0, paidFen: 0 })
const keyOf = (keys: string[], over: Parameters<typeof anOrder>[0]) => compileDedupKey(keys)(anOrder(over))

describe('what makes two orders the same', () => {
  it('is the phone and the set of SKUs, in any order', () => {
    const one = keyOf(['phone', 'skus'], { items: [item('B'), item('A'), item('A', 3)] })
    expect(one).toEqual({ key: '13800138000|A,B' })
    expect(keyOf(['phone', 'skus'], { items: [item('A', 2), item('B')] })).toEqual(one)
  })

  it('may count quantities', () => {
    expect(keyOf(['lines'], { items: [item('A', 2)] }).key).not.toBe(
      keyOf(['lines'], { items: [item('A', 3)] }).key,
    )
  })

  it('keeps a return apart from its sale', () => {
    expect(keyOf(['phone'], { kind: 'return' }).key).not.toBe(keyOf(['phone'], {}).key)
  })

  it.each([
    ['', 'phone'],
    ['***********', 'phone'],
    ['1*********0', 'phone'],
    ['*******0000', 'phone'],
  ])('is not known of a phone %j', (phone, missing) => {
    expect(keyOf(['skus', 'phone'], { phone })).toEqual({ key: '', missing })
  })

  it('is told apart by a masked phone that shows enough', () => {
    expect(keyOf(['phone'], { phone: '138****0000' }).key).toBe('138****0000')
  })

  it('differs for different orders, whatever stands in their fields', () => {
    const text = fc.stringMatching(/^[ab|,\\]{1,4}$/)
    const order = fc.record({ shop: text, skus: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }) })
    fc.assert(
      fc.property(order, order, (a, b) => {
        const same = a.shop === b.shop && [...a.skus].sort().join('\n') === [...b.skus].sort().join('\n')
        const key = ({ shop, skus }: typeof a) =>
          keyOf(['shop', 'skus'], { shop, items: skus.map(sku => item(sku)) }).key
        expect(key(a) === key(b)).toBe(same)
      }),
    )
  })
})

describe('the dedup node', () => {
  const at = (minutes: number) => new Date(Date.parse('2026-10-01T02:00:00Z') + minutes * 60_000)
  const came = (channel: string, minutes: number) => ({
    order: anOrder({ orderId: `${channel}-1`, channel, orderedAt: at(minutes) }),
    event: anEvent({ orderKey: `${channel}:${channel}-1` }),
  })

  it('keeps one of three that came by different channels, and says which', async () => {
    const batch = [came('taobao', 0), came('douyin', 2), came('pdd', 3)]
    const outcomes = await runBatch(orderDedup, {}, batch, simulatedWorld({}))
    expect(outcomes.map(outcome => outcome.ports)).toEqual([['unique'], ['duplicate'], ['duplicate']])
    expect(outcomes[1]).toMatchObject({
      set: { dedup: { duplicateOf: 'taobao:taobao-1', minutesApart: 2 } },
      note: { duplicateOf: 'taobao-1', channel: 'taobao', action: 'merge' },
    })
    expect(told(orderDedup, {}, outcomes[1]!).zh).toBe('与淘宝订单 taobao-1 相隔 2 分钟（窗口 3 分钟）：合并')
  })

  it('lets the same order through again', async () => {
    const world = simulatedWorld({})
    const again = { ...came('taobao', 1), event: anEvent({ orderKey: 'taobao:taobao-1' }) }
    await runBatch(orderDedup, {}, [came('taobao', 0)], world)
    const [, second] = await runBatch(orderDedup, {}, [came('jd', 9), again], world)
    expect(second?.ports).toEqual(['unique'])
  })

  it('judges no order that does not say who bought', async () => {
    const outcome = await runOne(orderDedup, {}, { order: anOrder({ phone: '' }) })
    expect(outcome).toMatchObject({ ports: ['unique'], note: { missing: 'phone' } })
    expect(told(orderDedup, {}, outcome).zh).toBe('手机号为空或被遮盖，不判重复')
  })

  it('puts a task with two choices before a person, and reads their answer', async () => {
    const world = simulatedWorld({})
    const [, waiting] = await runBatch(
      orderDedup,
      { action: 'review', assignee: '小李' },
      [came('taobao', 0), came('pdd', 1)],
      world,
    )
    expect(waiting).toMatchObject({
      ports: [],
      waits: true,
      effects: [
        { kind: 'task', topic: 'duplicate-review', assignee: '小李', choices: ['unique', 'duplicate'] },
      ],
    })
    const decided = orderDedup.explain({ ports: ['duplicate'], note: { by: '小李' } }, { action: 'review' })
    expect(decided.zh).toBe('小李 判断：是重复单')
  })

  it('keeps no phone in its note', async () => {
    const outcomes = await runBatch(orderDedup, {}, [came('taobao', 0), came('pdd', 1)], simulatedWorld({}))
    expect(JSON.stringify(outcomes)).not.toContain('13800138000')
  })

  it('refuses to compare by a field that is none', () => {
    const problems = orderDedup.checkParams?.({ keys: ['phone', 'colour', 'constructor'] }) ?? []
    expect(problems.map(({ param }) => param)).toEqual(['keys/1', 'keys/2'])
  })
})
