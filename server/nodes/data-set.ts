import { type Static, Type } from 'typebox'
import type { Order } from '../workflow/order.ts'
import type { Problem } from '../workflow/problem.ts'
import { formatValue, mask } from '../workflow/words.ts'
import { anOrder } from './example-order.ts'
import { knownFields } from './fields.ts'
import { hint } from './hints.ts'
import { coercions } from './mapping/coerce.ts'
import { Fault } from './mapping/fault.ts'
import { orderTargets, type Target } from './mapping/targets.ts'
import type { RunData } from './node-type.ts'
import { isOrder, orderProblems } from './order-schema.ts'
import { defineItemNode, orderOf } from './per-item.ts'
import { StepError } from './step-failure.ts'
import { compileTemplate, TemplateParam, templateProblems } from './template.ts'

const FIXED = new Set(['orderId', 'items', 'address', 'address.point.lng', 'address.point.lat'])

/** Fields a rule may set; what an order is (its id, its items) stays as it came. */
const settable: Readonly<Record<string, Target>> = Object.fromEntries(
  Object.entries(orderTargets).filter(([path]) => !FIXED.has(path)),
)

function fieldsOf(isOf: (type: Target['type']) => boolean): readonly string[] {
  return Object.entries(settable).flatMap(([path, { type }]) => (isOf(type) ? [path] : []))
}

const Setting = Type.Object(
  {
    field: Type.String({
      ...hint('字段', 'Field', {
        options: Object.fromEntries(Object.entries(settable).map(([path, { name }]) => [path, name])),
      }),
      minLength: 1,
      maxLength: 60,
    }),
    value: Type.Optional(
      Type.Union(
        [Type.String({ maxLength: 2_000 }), Type.Number(), Type.Boolean()],
        hint('固定值', 'Value', {
          suits: 'field',
          when: { param: 'field', is: fieldsOf(type => type !== 'text') },
        }),
      ),
    ),
    template: Type.Optional(
      TemplateParam('文字', 'Text', 2_000, {
        when: { param: 'field', is: fieldsOf(type => type === 'text') },
      }),
    ),
  },
  { additionalProperties: false },
)
type Setting = Static<typeof Setting>

const params = Type.Object(
  { values: Type.Array(Setting, { ...hint('要设置的字段', 'Fields to set'), minItems: 1, maxItems: 20 }) },
  { additionalProperties: false },
)

interface Change {
  readonly field: string
  make(data: RunData): unknown
}

export const dataSet = defineItemNode({
  type: 'data.set',
  kind: 'data',
  name: { zh: '设置字段', en: 'Set fields' },
  title: { zh: '设置 {values} 个字段', en: 'Set {values} fields' },
  description: {
    zh: '把订单的字段设为固定值或由模板拼出的文字，例如标记加急、写卖家备注。订单号和商品不能改。',
    en: 'Sets fields of the order to a value or a text made from a template: marks it urgent, writes a note. Order id and items cannot be changed.',
  },
  params,
  ports: { next: { zh: '继续', en: 'next' } },
  adds: {},
  needs: ['order'],
  checkParams: ({ values }) => values.flatMap(checkSetting),
  prepare: ({ values }) => values.map(changeOf),
  step(item, { prepared }) {
    const changed = orderWith(orderOf(item), prepared, item.data)
    const values = Object.fromEntries(prepared.map(({ field }) => [`order.${field}`, noted(field, changed)]))
    return { ports: ['next'], set: { order: changed }, note: { values } }
  },
  explain({ note }, { values }) {
    const held = (note.values ?? {}) as Readonly<Record<string, unknown>>
    const told = values.map(({ field }) => {
      const path = `order.${field}`
      const spec = knownFields.find(each => each.path === path)
      const words = formatValue(Object.hasOwn(held, path) ? held[path] : undefined, {
        ...spec,
        personal: false,
      })
      const name = spec?.name ?? { zh: field, en: field }
      return { zh: `${name.zh}为${words.zh}`, en: `${name.en} to ${words.en}` }
    })
    return {
      zh: `设置${told.map(({ zh }) => zh).join('、')}`,
      en: `Set ${told.map(({ en }) => en).join(', ')}`,
    }
  },
  examples: [
    {
      title: { zh: '标记加急并写备注', en: 'marks it urgent and writes a note' },
      params: {
        values: [
          { field: 'urgent', value: true },
          { field: 'sellerNote', template: '急单 {order.orderId}，实付 {order.paidFen}' },
        ],
      },
      data: { order: anOrder() },
      expect: {
        ports: ['next'],
        note: { values: { 'order.urgent': true, 'order.sellerNote': '急单 T1001，实付 ¥398.00' } },
      },
    },
  ],
})

function checkSetting({ field, value, template }: Setting, index: number): readonly Omit<Problem, 'node'>[] {
  const target = Object.hasOwn(settable, field) ? settable[field] : undefined
  const problem = (code: string, param: string, zh: string, en: string): Omit<Problem, 'node'> => ({
    code,
    severity: 'error',
    message: { zh, en },
    param: `values/${index}/${param}`,
  })
  if (!target)
    return [
      problem(
        'UNKNOWN_FIELD',
        'field',
        `字段「${field}」不存在或不能设置`,
        `"${field}" is no field that can be set`,
      ),
    ]
  const { zh, en } = target.name
  if ((value === undefined) === (template === undefined)) {
    return [
      problem(
        'ONE_VALUE',
        'value',
        `「${zh}」请填写固定值或模板之一`,
        `Give "${en}" either a value or a template`,
      ),
    ]
  }
  if (template !== undefined) {
    if (target.type !== 'text')
      return [
        problem(
          'NOT_A_TEXT',
          'template',
          `「${zh}」不是文字，不能用模板`,
          `"${en}" is no text: give a value`,
        ),
      ]
    return templateProblems(template, `values/${index}/template`)
  }
  const isFit = isOfType(target, value)
  return isFit
    ? []
    : [problem('BAD_VALUE', 'value', `固定值不适合「${zh}」`, `The value does not suit "${en}"`)]
}

/** Typed strictly: a text field takes a text, not the number 1 that somebody meant as one. */
function isOfType({ type }: Target, value: unknown): boolean {
  const types: Readonly<Partial<Record<Target['type'], string>>> = {
    text: 'string',
    boolean: 'boolean',
    money: 'number',
  }
  const expected = types[type]
  return (expected === undefined || typeof value === expected) && !(coercions[type](value) instanceof Fault)
}

function changeOf({ field, value, template }: Setting): Change {
  if (template !== undefined) return { field, make: compileTemplate(template) }
  const made = coercions[orderTargets[field]!.type](value)
  return { field, make: () => made }
}

/** @throws StepError when a value does not fit its field (a note that grew too long) */
function orderWith(order: Order, changes: readonly Change[], data: RunData): Order {
  const changed: Record<string, unknown> = { ...order, address: { ...order.address } }
  for (const { field, make } of changes) {
    const [first, part] = field.split('.') as [string, string | undefined]
    if (part === undefined) changed[first] = make(data)
    else (changed[first] as Record<string, unknown>)[part] = make(data)
  }
  if (isOrder(changed)) return changed
  const [problem] = orderProblems(isOrder.errors)
  throw new StepError('VALUE_DOES_NOT_FIT', {
    zh: `设置后的字段不合格：${problem?.message ?? ''}`,
    en: `A field does not fit after being set: ${problem?.messageEn ?? ''}`,
  })
}

/** The value as the step record keeps it: masked where it says who the buyer is. */
function noted(field: string, order: Order): unknown {
  const path = `order.${field}`
  const value = field.split('.').reduce<unknown>((base, key) => (base as Record<string, unknown>)[key], order)
  const isPersonal = knownFields.some(each => each.path === path && each.personal)
  const text = value instanceof Date ? value.toISOString() : value
  return isPersonal ? mask(String(text)) : typeof text === 'string' ? text.slice(0, 120) : text
}
