import { describe, expect, it } from 'vitest'
import { isAsked, withOuter } from '../../../editor/forms/asked.ts'
import { defaultWords } from '../../../editor/forms/default-words.ts'
import { moved, newEntry, withParam } from '../../../editor/forms/entries.ts'
import { fieldsAmong, suitedField } from '../../../editor/forms/fields-among.ts'
import { problemsIn, problemsOfWhole } from '../../../editor/forms/param-problems.ts'
import { controlOf, hintsOf, propertiesOf } from '../../../editor/forms/schema.ts'
import { filledTemplate, shownTemplate, storedTemplate } from '../../../editor/forms/template-text.ts'
import type { T } from '../../../editor/i18n/i18n.ts'
import { nodeTypes } from '../../../server/nodes/index.ts'
import { orderFields } from '../../../server/workflow/order-fields.ts'
import type { SchemaPart } from '../../../server/workflow/param-parts.ts'
import type { Problem } from '../../../server/workflow/problem.ts'

/** The schema of a node type as the editor gets it. */
function schemaOf(type: string): SchemaPart {
  const node = nodeTypes.find(each => each.type === type)
  if (!node) throw new Error(`No node type ${type}`)
  return JSON.parse(JSON.stringify(node.params)) as SchemaPart
}

function part(type: string, path: string): SchemaPart {
  return path.split('.').reduce<SchemaPart>((schema, key) => {
    const inside = key === '[]' ? schema.items : (schema.properties as SchemaPart | undefined)?.[key]
    return inside as SchemaPart
  }, schemaOf(type))
}

const control = (type: string, path: string) => controlOf(path.split('.').at(-1)!, part(type, path))

describe('the control of a param', () => {
  it.each([
    ['order.dedup', 'windowMinutes', 'duration'],
    ['order.dedup', 'action', 'choice'],
    ['order.dedup', 'keys', 'choices'],
    ['order.received', 'connections', 'connections'],
    ['time.wait', 'waitMinutes', 'duration'],
    ['time.wait', 'unless', 'condition'],
    ['stock.lookup', 'warehouse', 'warehouse'],
    ['stock.transfer', 'arriveInDays', 'number'],
    ['purchase.create', 'supplier', 'connection'],
    ['purchase.create', 'urgent', 'boolean'],
    ['task.create', 'title', 'template'],
    ['task.create', 'choices', 'list'],
    ['task.create', 'choices.[].port', 'port'],
    ['logic.switch', 'cases.[].when', 'condition'],
    ['logic.switch', 'cases.[].values', 'texts'],
    ['notify.webhook', 'body', 'record'],
    ['data.validate', 'schema', 'json'],
    ['data.validate', 'rules.[].must', 'choice'],
    ['data.validate', 'rules.[].value', 'scalar'],
    ['data.set', 'values.[].value', 'scalar'],
    ['data.map', 'fields', 'mapping'],
    ['flow.end', 'outcome', 'choice'],
  ])('%s %s is asked for as %s', (type, path, wanted) => {
    expect(control(type, path)).toBe(wanted)
  })

  it('of an amount or a time is told by the end of its name', () => {
    expect(controlOf('amountFen', { type: 'integer' })).toBe('money')
    expect(controlOf('timeoutMs', { type: 'integer' })).toBe('duration')
  })

  it('of every param of every node type has a name in words', () => {
    const unnamed = nodeTypes.flatMap(({ type, params }) =>
      propertiesOf(params as SchemaPart)
        .filter(({ schema }) => !hintsOf(schema).name)
        .map(({ name }) => `${type}: ${name}`),
    )
    expect(unnamed).toEqual([])
  })
})

describe('a param that counts only at times', () => {
  it('is asked for while the other one has the value', () => {
    const schema = schemaOf('data.map')
    const fields = part('data.map', 'fields')
    expect(isAsked(fields, schema, { use: 'fields' })).toBe(true)
    expect(isAsked(fields, schema, { use: 'connection' })).toBe(false)
  })

  it('goes by the default while the other one is left out', () => {
    const choices = part('task.create', 'choices')
    expect(isAsked(choices, schemaOf('task.create'), {})).toBe(false)
    expect(isAsked(choices, schemaOf('task.create'), { wait: true })).toBe(true)
  })

  it('may depend on what stands beside its list', () => {
    const outer = { schema: schemaOf('logic.switch'), values: { by: 'value' } }
    const level = withOuter(outer, part('logic.switch', 'cases.[]'), { name: 'A' })
    const asked = ['when', 'values'].map(name =>
      isAsked(part('logic.switch', `cases.[].${name}`), level.schema, level.values),
    )
    expect(asked).toEqual([false, true])
  })

  it('may depend on one of several values', () => {
    const rule = part('data.validate', 'rules.[]')
    const asked = ['present', 'atLeast', 'oneOf'].map(must =>
      ['value', 'values'].map(name => isAsked(part('data.validate', `rules.[].${name}`), rule, { must })),
    )
    expect(asked).toEqual([
      [false, false],
      [true, false],
      [false, true],
    ])
  })
})

describe('the entries of a list', () => {
  it('begin with a new id and nothing a person has to say', () => {
    const made = newEntry(part('task.create', 'choices.[]'))
    expect(made).toEqual({ port: expect.stringMatching(/^p[a-z0-9]{7}$/), name: '' })
    expect(newEntry(part('task.create', 'choices.[]')).port).not.toBe(made.port)
  })

  it('move one up and one down, and not beyond the ends', () => {
    const list = ['a', 'b', 'c']
    expect(moved(list, 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moved(list, 0, 1)).toEqual(['b', 'a', 'c'])
    expect(moved(list, 0, -1)).toBe(list)
    expect(moved(list, 2, 3)).toBe(list)
  })

  it('keep their params in place when one changes, and lose those that are left out', () => {
    expect(Object.keys(withParam({ a: 1, b: 2, c: 3 }, 'b', 9))).toEqual(['a', 'b', 'c'])
    expect(withParam({ a: 1, b: 2 }, 'b', undefined)).toEqual({ a: 1 })
  })
})

describe('a default', () => {
  const words = {
    t: ((key: string, { value }: { value: string }) => `${key} ${value}`) as unknown as T,
    say: (text: { zh: string } | undefined) => text?.zh ?? '',
  }
  it('is told with its unit', () => {
    const told = defaultWords('windowMinutes', part('order.dedup', 'windowMinutes'), words)
    expect(told).toBe('forms.default 3 分')
    expect(defaultWords('amountFen', { type: 'integer', default: 100 }, words)).toBe('forms.default ¥1.00')
  })

  it('of a choice is shown by the choice itself', () => {
    expect(defaultWords('action', part('order.dedup', 'action'), words)).toBeUndefined()
  })
})

describe('problems', () => {
  const problem = (param: string): Problem => ({
    code: 'X',
    severity: 'error',
    message: { zh: param, en: param },
    param,
  })
  const all = [problem('rules/1/field'), problem('rules/10'), problem('rules'), problem('other'), problem('')]

  it('go to the param they are about and those around it, by whole steps of the path', () => {
    expect(problemsIn(all, 'rules/1')).toEqual([all[0]])
    expect(problemsIn(all, 'rules')).toEqual([all[0], all[1], all[2]])
  })

  it('of params the form does not have are told with the whole', () => {
    expect(problemsOfWhole(all, '', ['rules'])).toEqual([all[3], all[4]])
  })
})

describe('fields to choose', () => {
  it('of an order are told without it, and those of its items by their list', () => {
    const paths = fieldsAmong([], 'order').map(({ path }) => path)
    expect(paths).toContain('phone')
    expect(paths).toContain('items[].sku')
    expect(paths).not.toContain('items')
  })

  it('tell the type of the value beside them', () => {
    expect(suitedField('paidFen', [])?.type).toBe('money')
    expect(suitedField('items[].quantity', [])?.type).toBe('number')
    expect(suitedField('order.urgent', orderFields)?.type).toBe('boolean')
    expect(suitedField(undefined, orderFields)).toBeUndefined()
  })
})

describe('a text with fields in it', () => {
  const names = new Map([
    ['order.orderId', '订单号'],
    ['order.paidFen', '实付金额'],
    ['a.need', '需要'],
    ['b.need', '需要'],
  ])

  it('shows their names and keeps their paths', () => {
    const stored = '缺货 {order.orderId}，实付 { order.paidFen }，{unknown}'
    expect(shownTemplate(stored, names)).toBe('缺货 {订单号}，实付 {实付金额}，{unknown}')
    expect(storedTemplate('缺货 {订单号} {别的}', names)).toBe('缺货 {order.orderId} {别的}')
  })

  it('takes the first of two fields of one name', () => {
    expect(storedTemplate('{需要}', names)).toBe('{a.need}')
  })

  it('is filled from a sample as people read it', () => {
    const data = {
      order: { orderId: 'T1', paidFen: 39_800, items: [{ sku: 'MILK-1', quantity: 2 }], buyerNote: '' },
    }
    const template = '{order.orderId} {order.paidFen} {order.items} {order.buyerNote}'
    expect(filledTemplate(template, orderFields, data)).toBe('T1 ¥398.00 MILK-1×2 —')
  })
})
