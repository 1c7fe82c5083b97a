import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readMapping, storedMapping } from '../../../editor/connections/connection-mapping.ts'
import { changed, historyOf, redone, undone } from '../../../editor/mapper/history.ts'
import { impliedIdentity, withPaths } from '../../../editor/mapper/identity.ts'
import { missingTargets } from '../../../editor/mapper/language.ts'
import {
  assigned,
  isMapped,
  mappedCount,
  placeOf,
  type Rules,
  readRules,
  ruleOf,
  sourcesOf,
  withItemList,
  withRule,
  withSources,
  withSteps,
} from '../../../editor/mapper/rules.ts'
import { mappingLanguage } from '../../../server/nodes/mapping/language.ts'

const root = new URL('../../../', import.meta.url)
const STORED = [
  'connectors/taobao/mapping.json',
  'connectors/douyin/mapping.json',
  'connectors/pinduoduo/mapping.json',
  'examples/online-retail/mapping.json',
]
const language = mappingLanguage()

interface Stored {
  readonly identity: unknown
  readonly mapping: { readonly fields: Rules }
}

const read = (file: string) => JSON.parse(readFileSync(new URL(file, root), 'utf8')) as Stored
const connection = (stored: Stored) => ({ id: 'c', name: 'c', connector: 'intake', enabled: true, ...stored })

describe('the mappings there are', () => {
  it.each(STORED)('%s goes through the editor unchanged, each field put back as it was read', file => {
    expect(existsSync(new URL(file, root))).toBe(true)
    const stored = read(file)
    const reading = readMapping(connection(stored))
    expect(storedMapping(reading, connection(stored))).toEqual({
      identity: stored.identity,
      mapping: stored.mapping,
    })
    let { rules } = reading
    for (const rule of rules) {
      const keys = rule.to === 'items' ? (rule.fields ?? []).map(({ to }) => `items.${to}`) : [rule.to]
      for (const key of keys) {
        const before = ruleOf(rules, key)!
        rules = withRule(rules, key, each =>
          withSteps(withSources(each, sourcesOf(each)), each.transforms ?? []),
        )
        expect(ruleOf(rules, key)).toEqual(before)
      }
    }
    expect(rules).toEqual(stored.mapping.fields)
    expect(JSON.stringify(reading.rules)).toBe(JSON.stringify(stored.mapping.fields))
  })

  it.each(STORED)('%s lacks nothing that an order cannot be without', file => {
    const { mapping } = read(file)
    const missing = missingTargets(mapping.fields, language).filter(({ target }) => target.need === 'must')
    expect(missing).toEqual([])
    expect(mappedCount(mapping.fields)).toBeGreaterThan(9)
  })

  it('imply the identities their connections have, but for fields that only tell versions or buyers apart', () => {
    const { identity, mapping } = read('connectors/taobao/mapping.json')
    const told = identity as Record<string, readonly string[]>
    for (const [part, paths] of Object.entries(impliedIdentity(mapping.fields)))
      expect(told[part]).toEqual(expect.arrayContaining([...paths]))
  })
})

describe('a mapping being made', () => {
  const names = (rules: Rules) => missingTargets(rules, language).map(({ key }) => key)

  it('misses what an order needs, and of its entries once there is a list of them', () => {
    expect(names([])).toEqual([
      'items',
      'orderedAt',
      'orderId',
      'order_customer_name',
      'phone',
      'address',
      'paidFen',
    ])
    expect(names(withItemList([], 'lines'))).toContain('items.sku')
  })

  it('does not miss an address that is mapped in parts', () => {
    expect(names([{ to: 'address.detail', from: 'street' }])).not.toContain('address')
  })

  it('takes a source with the steps it needs, and keeps the steps a person chose when the source changes', () => {
    const first = assigned([], 'paidFen', 'payment', [{ use: 'yuan' }])
    expect(first).toEqual([{ to: 'paidFen', from: 'payment', transforms: [{ use: 'yuan' }] }])
    const own = withRule(first, 'paidFen', rule => withSteps(rule, [{ use: 'yuan', round: true }]))
    expect(assigned(own, 'paidFen', 'total', [{ use: 'yuan' }])).toEqual([
      { to: 'paidFen', from: 'total', transforms: [{ use: 'yuan', round: true }] },
    ])
  })

  it('reads a field from several sources in turn, each once', () => {
    const one = assigned([], 'phone', 'mobile', [{ use: 'phone' }])
    const two = assigned(one, 'phone', 'tel', [], true)
    expect(ruleOf(assigned(two, 'phone', 'mobile', [], true), 'phone')?.from).toEqual(['tel', 'mobile'])
    expect(
      ruleOf(
        withRule(two, 'phone', rule => withSources(rule, ['tel'])),
        'phone',
      )?.from,
    ).toBe('tel')
  })

  it('gives up a fixed value for a source', () => {
    const fixed = [{ to: 'shop', transforms: [{ use: 'constant', value: 'A' }] }]
    expect(assigned(fixed, 'shop', 'shop_name', [{ use: 'trim' }])).toEqual([
      { to: 'shop', from: 'shop_name', transforms: [{ use: 'trim' }] },
    ])
  })

  it('gives the entries a list of their own, whose fields stay until another list is chosen', () => {
    const rules = assigned(withItemList([], 'lines'), 'items.sku', 'code', [])
    expect(withItemList(rules, 'lines')).toEqual(rules)
    expect(ruleOf(withItemList(rules, 'goods'), 'items')).toEqual({ to: 'items', each: 'goods', fields: [] })
    expect(placeOf([{ to: 'phone' }, ...rules], 'items.sku')).toBe('fields/1/fields/0')
    expect(placeOf(rules, 'items.title')).toBeUndefined()
  })

  it('can do without a field again', () => {
    const rules = assigned([], 'phone', 'mobile', [])
    expect(withRule(rules, 'phone', () => undefined)).toEqual([])
    expect(isMapped(ruleOf(rules, 'phone'))).toBe(true)
    expect(isMapped({ to: 'phone', required: true })).toBe(false)
    expect(isMapped({ to: 'urgent', default: false })).toBe(true)
  })

  it('is empty where what is stored is no mapping', () => {
    for (const value of [undefined, null, 'x', {}]) expect(readRules(value)).toEqual([])
  })
})

describe('the identity of a connection', () => {
  it('follows from plain paths only, since the intake reads no others', () => {
    const rules: Rules = [
      { to: 'orderId', from: ['$.id', 'order.no'] },
      { to: 'modifiedAt', from: 'lines[0].time' },
    ]
    expect(impliedIdentity(rules)).toEqual({ orderId: ['order.no'] })
  })

  it('never loses its order number, and its other parts where no path is left', () => {
    const identity = { orderId: ['id'], buyer: ['phone'] }
    expect(withPaths(identity, 'buyer', [])).toEqual({ orderId: ['id'] })
    const reading = { rules: [], negativeQuantity: undefined, identity: withPaths(identity, 'orderId', []) }
    const stored = storedMapping(reading, { ...connection({ identity, mapping: { fields: [] } }) })
    expect(stored.identity).toEqual(identity)
  })
})

describe('the history of changes', () => {
  it('goes back and forth, counts typing as one, and drops what was undone once something else is done', () => {
    const typed = changed(changed(changed(historyOf('a'), 'b'), 'c', 'name'), 'cd', 'name')
    expect(typed.past).toEqual(['a', 'b'])
    const back = undone(typed)
    expect(back.present).toBe('b')
    expect(redone(back).present).toBe('cd')
    expect(changed(back, 'x').future).toEqual([])
    expect(undone(historyOf('a'))).toEqual(historyOf('a'))
    expect(redone(historyOf('a'))).toEqual(historyOf('a'))
  })
})
