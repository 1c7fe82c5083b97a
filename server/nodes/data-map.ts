import type { ValidateFunction } from 'ajv'
import { Type } from 'typebox'
import { orderFields } from '../workflow/order-fields.ts'
import type { Problem } from '../workflow/problem.ts'
import type { ConnectionFacts, FieldProblem } from '../world/world.ts'
import { anEvent } from './example-order.ts'
import { hint } from './hints.ts'
import { compileMapping, type MapDocument } from './mapping/compile.ts'
import { FieldMapping, Mapping } from './mapping/mapping.ts'
import type { Outcome } from './node-type.ts'
import { newValidator } from './order-schema.ts'
import { defineItemNode } from './per-item.ts'
import { problemNote, problemWords } from './problem-note.ts'
import { StepError } from './step-failure.ts'

const params = Type.Object(
  {
    use: Type.Union([Type.Literal('connection'), Type.Literal('fields')], {
      ...hint('映射来自', 'Mapping from', {
        options: {
          connection: { zh: '连接自己的映射', en: "the connection's own mapping" },
          fields: { zh: '这里填写的映射', en: 'the mapping given here' },
        },
      }),
      default: 'connection',
    }),
    fields: Type.Optional(
      Type.Array(FieldMapping, {
        ...hint('字段映射', 'Field mapping', { as: 'mapping', when: { param: 'use', is: 'fields' } }),
        minItems: 1,
        maxItems: 60,
      }),
    ),
    negativeQuantity: Mapping.properties.negativeQuantity,
  },
  { additionalProperties: false },
)

const fieldsExample = {
  use: 'fields' as const,
  fields: [
    { to: 'orderId', from: 'no', required: true },
    { to: 'order_customer_name', from: 'name', transforms: [{ use: 'trim' as const }] },
    { to: 'phone', from: 'mobile', transforms: [{ use: 'phone' as const }], required: true },
    { to: 'address', from: 'address', transforms: [{ use: 'splitAddress' as const }] },
    { to: 'orderedAt', from: 'time', transforms: [{ use: 'date' as const }], required: true },
    {
      to: 'items',
      each: 'lines',
      fields: [
        { to: 'sku', from: 'code', required: true },
        { to: 'quantity', from: 'count', required: true },
        { to: 'paidFen', from: 'paid', transforms: [{ use: 'yuan' as const }] },
      ],
    },
  ],
}

const sourceExample = {
  no: 'T1001',
  name: ' 王小明 ',
  mobile: '+86 138-0013-8000',
  address: '浙江省杭州市余杭区文一西路969号',
  time: '2026-10-01 10:00:00',
  lines: [{ code: 'MILK-1', count: '2', paid: '398.00' }],
}

export const dataMap = defineItemNode({
  type: 'data.map',
  kind: 'data',
  name: { zh: '字段映射', en: 'Map fields' },
  title: { zh: '把来源字段映射为统一订单（{use}）', en: 'Map source fields to the unified order ({use})' },
  description: {
    zh: '把各渠道的原始数据变成统一订单：取字段、转换、补缺省值。不合格的从「不合格」出口走，并把所有问题一次列明，放入隔离区。',
    en: 'Turns the source document of a channel into the unified order. What does not fit leaves by "invalid" with all its problems named, and is kept in quarantine.',
  },
  params,
  ports: { ok: { zh: '成功', en: 'ok' }, invalid: { zh: '不合格', en: 'invalid' } },
  adds: { ok: orderFields },
  needs: ['source'],
  checkParams({ use, fields, negativeQuantity }) {
    if (use === 'connection') return []
    if (!fields) {
      const message = {
        zh: '请填写映射字段，或改用连接自己的映射',
        en: "Give the fields, or use the connection's mapping",
      }
      return [{ code: 'NO_FIELDS', severity: 'error', message, param: 'fields' }]
    }
    return compileMapping({ fields, negativeQuantity }).problems.map(
      ({ code, at, message }): Omit<Problem, 'node'> => ({ code, severity: 'error', message, param: at }),
    )
  },
  prepare: ({ use, fields, negativeQuantity }) =>
    use === 'fields' && fields ? compileMapping({ fields, negativeQuantity }).map : undefined,
  step({ data: { event, source } }, { prepared, world }) {
    const map = prepared ?? mappingOf(world.connection(event.connection), event.connection)
    const { order, problems } = map(source, event)
    return order ? { ports: ['ok'], set: { order } } : invalid(problems)
  },
  explain: ({ ports, note }) =>
    ports.includes('invalid') ? problemWords(note) : { zh: '字段映射成功', en: 'The fields were mapped' },
  examples: [
    {
      title: { zh: '一条合格的订单', en: 'a good order' },
      params: fieldsExample,
      data: { source: sourceExample, event: anEvent() },
      expect: { ports: ['ok'] },
    },
    {
      title: {
        zh: '手机号和数量都不对：两个问题一起列出',
        en: 'phone and quantity are wrong: both are named',
      },
      params: fieldsExample,
      data: {
        source: { ...sourceExample, mobile: '12', lines: [{ code: 'MILK-1', count: '两' }] },
        event: anEvent(),
      },
      expect: { ports: ['invalid'], note: { problems: 2, fields: 'phone, items/0/quantity' } },
    },
    {
      title: { zh: '数量为 0 不是订单', en: 'a quantity of 0 is no order' },
      params: fieldsExample,
      data: { source: { ...sourceExample, lines: [{ code: 'MILK-1', count: 0 }] }, event: anEvent() },
      expect: { ports: ['invalid'], note: { fields: 'items/0/quantity' } },
    },
  ],
})

function invalid(problems: readonly FieldProblem[]): Outcome {
  return { ports: ['invalid'], note: problemNote(problems), effects: [{ kind: 'quarantine', problems }] }
}

let validator: ValidateFunction<Mapping> | undefined

/** Compiled on first use: the schema is large, and starting up should be quick. */
function mappingValidator(): ValidateFunction<Mapping> {
  validator ??= newValidator().compile<Mapping>(Mapping)
  return validator
}

// By identity: a connection's mapping is one object until it is edited.
const compiled = new WeakMap<object, MapDocument | StepError>()

/** @throws StepError when the connection has no mapping, or one that cannot be used */
function mappingOf(connection: ConnectionFacts | undefined, id: string): MapDocument {
  const { mapping } = connection ?? {}
  if (typeof mapping !== 'object' || mapping === null) {
    const name = connection?.name ?? id
    throw new StepError('NO_MAPPING', {
      zh: `连接「${name}」还没有字段映射，请到连接里设置后重试`,
      en: `Connection "${name}" has no field mapping; set one there, then retry`,
    })
  }
  let known = compiled.get(mapping)
  if (!known) {
    known = compileConnectionMapping(mapping, connection?.name ?? id)
    compiled.set(mapping, known)
  }
  if (known instanceof StepError) throw known
  return known
}

function compileConnectionMapping(mapping: object, name: string): MapDocument | StepError {
  const isMapping = mappingValidator()
  if (!isMapping(mapping)) {
    const at = isMapping.errors?.[0]?.instancePath ?? ''
    return new StepError('BAD_MAPPING', {
      zh: `连接「${name}」的字段映射写法有误（${at}），请改正后重试`,
      en: `The mapping of connection "${name}" is malformed (${at}); mend it, then retry`,
    })
  }
  const { map, problems } = compileMapping(mapping)
  const [first] = problems
  if (map) return map
  return new StepError('BAD_MAPPING', {
    zh: `连接「${name}」的字段映射有误：${first?.message.zh}（${first?.at}）`,
    en: `The mapping of connection "${name}" is wrong: ${first?.message.en} (${first?.at})`,
  })
}
