import { type Static, Type } from 'typebox'
import type { Ports } from '../workflow/node-definition.ts'
import type { Problem } from '../workflow/problem.ts'
import { formatDuration } from '../workflow/words.ts'
import type { Effect } from '../world/world.ts'
import { anOrder } from './example-order.ts'
import { taskFields } from './fields.ts'
import { hint } from './hints.ts'
import type { Outcome } from './node-type.ts'
import { defineItemNode } from './per-item.ts'
import { PortId, repeated } from './port-id.ts'
import { compileTemplate, TemplateParam, templateProblems } from './template.ts'

const Choice = Type.Object(
  { port: PortId(), name: Type.String({ ...hint('名称', 'Name'), minLength: 1, maxLength: 40 }) },
  { additionalProperties: false },
)

const MINUTE_MS = 60_000
const SIXTY_DAYS = 86_400

const params = Type.Object(
  {
    topic: Type.String({ ...hint('类型', 'Topic'), minLength: 1, maxLength: 60 }),
    title: TemplateParam('标题', 'Title', 200),
    detail: Type.Optional(TemplateParam('说明', 'Detail', 2_000)),
    assignee: Type.Optional(Type.String({ ...hint('处理人', 'Assignee'), maxLength: 60 })),
    wait: Type.Optional(
      Type.Boolean({ ...hint('等人处理后再继续', 'Wait for the decision'), default: false }),
    ),
    choices: Type.Optional(
      Type.Array(Choice, {
        ...hint('可选的处理', 'Choices', { when: { param: 'wait', is: true } }),
        maxItems: 10,
      }),
    ),
    timeoutMinutes: Type.Optional(
      Type.Integer({
        ...hint(
          '多久没人处理就按最后一个选项走（不填就一直等）',
          'Take the last choice after (waits for ever when empty)',
          {
            unit: { zh: '分钟', en: 'min' },
            when: { param: 'wait', is: true },
          },
        ),
        minimum: 1,
        maximum: SIXTY_DAYS,
      }),
    ),
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
    zh: '给人建一条待办。可以只留一条记录继续往下走，也可以停下来，等人在几个选项里选一个再走；可以写明多久没人处理就按最后一个选项走。',
    en: 'Puts a task before a person. The run goes on, or waits until one of the choices is made, with a time after which the last one is taken if you like.',
  },
  params,
  ports: CREATED,
  portsFrom: { list: 'choices', name: 'name', when: 'wait' },
  adds: { '*': taskFields },
  needs: [],
  checkParams: checkTask,
  prepare: ({ title, detail = '', wait = false, choices = [] }) => ({
    title: compileTemplate(title),
    detail: compileTemplate(detail),
    choices: wait ? choices.map(({ port }) => port) : [],
  }),
  step(item, { params: { topic, assignee = '', timeoutMinutes }, prepared, world }): Outcome {
    const { choices } = prepared
    const title = prepared.title(item.data)
    const { order, signal } = item.data
    // A run that began with no order is about the SKU that sells too fast.
    const orderId = order?.orderId ?? signal?.sku ?? ''
    const note = { topic, title }
    const detail = prepared.detail(item.data)
    const task: Effect = { kind: 'task', orderId, topic, title, detail, assignee, choices }
    const last = choices.at(-1)
    if (last === undefined) return { ports: ['created'], note, effects: [task] }
    if (timeoutMinutes === undefined) return { ports: [], waits: true, note, effects: [task] }
    const dueAt = new Date(world.now.getTime() + timeoutMinutes * MINUTE_MS)
    // The task comes first: it carries the key of the visit, by which a decision finds the run.
    const effects: readonly Effect[] = [task, { kind: 'timer', dueAt, port: last }]
    return { ports: [], waits: true, note: { ...note, dueAt: dueAt.toISOString() }, effects }
  },
  explain({ ports, note }, { title, choices = [], timeoutMinutes }) {
    const chosen = choices.find(({ port }) => ports.includes(port))
    if (chosen && note.by === 'timer' && timeoutMinutes !== undefined) {
      const time = formatDuration(timeoutMinutes * MINUTE_MS)
      return {
        zh: `${time.zh}没人处理，按「${chosen.name}」继续`,
        en: `Nobody decided within ${time.en}: goes on as "${chosen.name}"`,
      }
    }
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
    {
      title: { zh: '等人选择，30 分钟后按最后一个选项走', en: 'waits for a choice, for 30 minutes at most' },
      params: {
        topic: 'urgent',
        title: '急单：{order.orderId}',
        wait: true,
        choices: [
          { port: 'rush', name: '优先发货' },
          { port: 'normal', name: '按常规处理' },
        ],
        timeoutMinutes: 30,
      },
      data: { order: anOrder() },
      world: { now: new Date('2026-10-01T02:00:00Z') },
      expect: { ports: [], note: { topic: 'urgent', dueAt: '2026-10-01T02:30:00.000Z' } },
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
