import { Type } from 'typebox'
import { connectionThat } from './connection-that.ts'
import { anOrder } from './example-order.ts'
import { hint } from './hints.ts'
import { defineItemNode } from './per-item.ts'
import { compileTemplate, TemplateParam, templateProblems } from './template.ts'

const params = Type.Object(
  {
    connection: Type.String({
      ...hint('发到', 'Send by', { as: 'connection', does: 'message' }),
      minLength: 1,
      maxLength: 120,
    }),
    subject: Type.Optional(TemplateParam('标题', 'Subject', 200)),
    text: TemplateParam('内容', 'Text', 2_000),
    to: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
        ...hint('提醒谁（群成员、手机号、邮箱；@all 为所有人）', 'Whom (members, phones, addresses; @all)'),
        maxItems: 50,
      }),
    ),
  },
  { additionalProperties: false },
)

const people = [
  { id: 'group', name: '发货群', channel: 'wecom', shop: '发货群', actions: ['message'] },
] as const

export const notifyPeople = defineItemNode({
  type: 'notify.people',
  kind: 'outside',
  name: { zh: '发群消息或邮件', en: 'Message people' },
  title: { zh: '经 {connection} 发消息：{text}', en: 'Message by {connection}: {text}' },
  description: {
    zh: '把一段话发到企业微信群、邮箱或对方的系统。经发件箱发出，只发一次，成败可查；买家的姓名、电话、地址以遮盖形式发出。',
    en: 'Sends a text to a WeCom group, a mailbox or another system. Goes through the outbox: once, and accounted for; what identifies the buyer is sent masked.',
  },
  params,
  ports: { next: { zh: '继续', en: 'next' } },
  adds: {},
  needs: [],
  checkParams: ({ subject = '', text }) => [
    ...templateProblems(subject, 'subject'),
    ...templateProblems(text, 'text'),
  ],
  prepare: ({ subject = '', text }) => ({ subject: compileTemplate(subject), text: compileTemplate(text) }),
  step({ data }, { params: { connection: id, to }, prepared, world }) {
    const connection = connectionThat('message', world, id)
    const subject = prepared.subject(data)
    const body = { text: prepared.text(data), ...(subject !== '' && { subject }), ...(to && { to }) }
    return {
      ports: ['next'],
      note: { connection: connection.name },
      effects: [
        {
          kind: 'act',
          action: 'message',
          orderId: data.order?.orderId ?? '',
          connection: connection.id,
          body,
        },
      ],
    }
  },
  explain: ({ note: { connection } }) => ({
    zh: `消息已交发件箱，发往${connection}`,
    en: `A message to ${connection} is in the outbox`,
  }),
  examples: [
    {
      title: { zh: '缺货时告诉发货群', en: 'tells the group of a backorder' },
      params: { connection: 'group', text: '缺货：{order.orderId}' },
      data: { order: anOrder() },
      world: { connections: people },
      expect: { ports: ['next'], note: { connection: '发货群' } },
    },
  ],
})
