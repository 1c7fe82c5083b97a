import { Type } from 'typebox'
import type { Problem } from '../workflow/problem.ts'
import { anOrder } from './example-order.ts'
import { hint } from './hints.ts'
import { defineItemNode } from './per-item.ts'
import { compileTemplate, TemplateParam, templateProblems } from './template.ts'

const params = Type.Object(
  {
    url: Type.String({ ...hint('地址', 'URL'), minLength: 1, maxLength: 500 }),
    body: Type.Record(Type.String({ maxLength: 60 }), TemplateParam('内容', 'Value', 1_000), {
      ...hint('内容', 'Body'),
      minProperties: 1,
      maxProperties: 30,
    }),
  },
  { additionalProperties: false },
)

export const notifyWebhook = defineItemNode({
  type: 'notify.webhook',
  kind: 'outside',
  name: { zh: '通知', en: 'Notify' },
  title: { zh: '通知 {url}', en: 'Notify {url}' },
  description: {
    zh: '把几项内容以 JSON 发到一个网址。经发件箱发出，只发一次，成败可查；内网地址会被拒绝。买家的姓名、电话、地址以遮盖形式发出。',
    en: 'Posts some fields as JSON to an address. It goes through the outbox: once, and accounted for; private addresses are refused. What identifies the buyer is sent masked.',
  },
  params,
  ports: { next: { zh: '继续', en: 'next' } },
  adds: {},
  needs: [],
  checkParams: ({ url, body }): readonly Omit<Problem, 'node'>[] => {
    const message = {
      zh: '请填写 https:// 开头的完整网址',
      en: 'Give a complete address beginning with https://',
    }
    const problems = Object.entries(body).flatMap(([name, template]) =>
      templateProblems(template, `body/${name}`),
    )
    return isWebAddress(url)
      ? problems
      : [{ code: 'BAD_URL', severity: 'error', message, param: 'url' }, ...problems]
  },
  prepare: ({ url, body }) => ({
    // Only the host goes into the step record: addresses of webhooks hold their secret in the path or the query.
    host: isWebAddress(url) ? new URL(url).host : '',
    fields: Object.entries(body).map(([name, template]) => ({ name, make: compileTemplate(template) })),
  }),
  step({ data }, { params: { url }, prepared: { host, fields } }) {
    const body = Object.fromEntries(fields.map(({ name, make }) => [name, make(data)]))
    return { ports: ['next'], note: { host }, effects: [{ kind: 'notify', url, body }] }
  },
  explain: ({ note: { host } }) => ({
    zh: `已交发件箱，通知 ${host}`,
    en: `Notice to ${host} is in the outbox`,
  }),
  examples: [
    {
      title: { zh: '通知缺货', en: 'tells of a backorder' },
      params: { url: 'https://hooks.example/orders?key=1', body: { text: '缺货 {order.orderId}' } },
      data: { order: anOrder() },
      expect: { ports: ['next'], note: { host: 'hooks.example' } },
    },
  ],
})

function isWebAddress(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === ''
}
