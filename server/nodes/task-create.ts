import { type Static, Type } from 'typebox'
import type { Ports } from '../workflow/node-definition.ts'
import type { Problem } from '../workflow/problem.ts'
import { anOrder } from './example-order.ts'
import { taskFields } from './fields.ts'
import { hint } from './hints.ts'
import type { Outcome } from './node-type.ts'
import { defineItemNode, orderOf } from './per-item.ts'
import { PortId, repeated } from './port-id.ts'
import { compileTemplate, TemplateParam, templateProblems } from './template.ts'

const Choice = Type.Object(
  { port: PortId(), name: Type.String({ ...hint('名称', 'Name'), minLength: 1, maxLength: 40 }) },
  { additionalProperties: false },
)

const params = Type.Object(
  {
    topic: Type.String({ ...hint('类型', 'Topic'), minLength: 1, maxLength: 60 }),
    title: TemplateParam('标题', 'Title', 200),
    detail: Type.Optional(TemplateParam('说明', 'Detail', 2_000)),
    assignee: Type.Optional(Type.String({ ...hint('处理人', 'Assignee'), maxLength: 60 })),
    wait: Type.Optional(
      Type.Boolean({ ...hint('等人处理后再继续', 'Wait for the decision'), default: false }),
    ),
    choices: Type.Optional(Type.Array(Choice, { ...hint('可选的处理', 'Choices'), maxItems: 10 })),
  },
  { additionalProperties: false },
)
type Params = Static<typeof params>

const CREATED: Ports = { created: { zh: '已建', en: 'created' } }

export const taskCreate = defineItemNode({
  type: 'task.create',
  kind: 'people',
  name: { zh: '建待办', en: 'Create task' },
  title: { zh: '待办：{title}', en: 'Task: {title}' },
  description: {
    zh: '给人建一条待办。可以只留一条记录继续往下走，也可以停下来，等人在几个选项里选一个再走。',
    en: 'Puts a task before a person. The run goes on, or waits until one of the choices is made.',
  },
  params,
  ports: CREATED,
  portsFrom: { list: 'choices', name: 'name', when: 'wait' },
  adds: { '*': taskFields },
  needs: ['order'],
  checkParams: checkTask,
  prepare: ({ title, detail = '', wait = false, choices = [] }) => ({
    title: compileTemplate(title),
    detail: compileTemplate(detail),
    choices: wait ? choices.map(({ port }) => port) : [],
  }),
  step(item, { params: { topic, assignee = '' }, prepared }): Outcome {
    const { choices } = prepared
    const title = prepared.title(item.data)
    const { orderId } = orderOf(item)
    const note = { topic, title }
    const detail = prepared.detail(item.data)
    const effects = [{ kind: 'task' as const, orderId, topic, title, detail, assignee, choices }]
    return choices.length > 0
      ? { ports: [], waits: true, note, effects }
      : { ports: ['created'], note, effects }
  },
  explain({ ports, note }, { title, choices = [] }) {
    const chosen = choices.find(({ port }) => ports.includes(port))
    if (chosen) {
      const by = typeof note.by === 'string' && note.by ? note.by : undefined
      return {
        zh: `${by ?? '处理人'}选择了「${chosen.name}」`,
        en: `${by ?? 'A person'} chose "${chosen.name}"`,
      }
    }
    const words = typeof note.title === 'string' ? note.title : title
    return { zh: `已建待办：${words}`, en: `Task created: ${words}` }
  },
  examples: [
    {
      title: { zh: '登记缺货，继续', en: 'notes a backorder and goes on' },
      params: { topic: 'backorder', title: '缺货 {order.orderId}：{order.items}' },
      data: { order: anOrder() },
      expect: { ports: ['created'], note: { title: '缺货 T1001：MILK-1×2' } },
    },
    {
      title: { zh: '等人选择', en: 'waits for a choice' },
      params: {
        topic: 'address-check',
        title: '地址不全：{order.orderId}',
        wait: true,
        choices: [
          { port: 'fixed', name: '已补全' },
          { port: 'cancel', name: '取消订单' },
        ],
      },
      data: { order: anOrder() },
      expect: { ports: [], note: { topic: 'address-check' } },
    },
  ],
})

function checkTask({ title, detail = '', wait, choices = [] }: Params): readonly Omit<Problem, 'node'>[] {
  const problems = [...templateProblems(title, 'title'), ...templateProblems(detail, 'detail')]
  if (!wait) return problems
  const message = { zh: '要等人处理，请至少写一个选项', en: 'To wait for a person, give at least one choice' }
  if (choices.length === 0)
    problems.push({ code: 'NO_CHOICES', severity: 'error', message, param: 'choices' })
  const twice = repeated(
    choices,
    ({ port }) => port,
    index => `choices/${index}/port`,
    port => ({ zh: `选项出口「${port}」用了两次`, en: `Choice port "${port}" is used twice` }),
  )
  return [...problems, ...twice]
}
