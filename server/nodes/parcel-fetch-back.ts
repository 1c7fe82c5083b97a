import { Type } from 'typebox'
import { connectionThat } from './connection-that.ts'
import { anOrder } from './example-order.ts'
import { hint } from './hints.ts'
import { defineItemNode, orderOf } from './per-item.ts'
import { itemWords } from './template.ts'

const text = (zh: string, en: string, maxLength: number) =>
  Type.String({ ...hint(zh, en), minLength: 1, maxLength })

const params = Type.Object(
  {
    connection: Type.String({
      ...hint('快递连接', 'Carrier', { as: 'connection', does: 'reverse' }),
      minLength: 1,
      maxLength: 120,
    }),
    to: Type.Object(
      {
        name: text('收件人', 'Name', 60),
        phone: text('电话', 'Phone', 40),
        province: text('省', 'Province', 40),
        city: text('市', 'City', 40),
        district: text('区县', 'District', 60),
        detail: text('详细地址', 'Street address', 200),
      },
      { ...hint('退货寄到哪里', 'Where returns go'), additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

const carriers = [{ id: 'sf', name: '顺丰', channel: 'sf', shop: '顺丰', actions: ['reverse'] }] as const

export const parcelFetchBack = defineItemNode({
  type: 'parcel.fetch-back',
  kind: 'outside',
  name: { zh: '上门取退货', en: 'Fetch a return' },
  title: { zh: '请 {connection} 上门取退货', en: 'Have {connection} fetch the return' },
  description: {
    zh: '请快递到买家那里取退货，生成退货运单。经发件箱发出，只下一单；买家信息被平台遮盖时，下单那一刻才向平台解密（占用额度），不留底。',
    en: 'Has a carrier fetch the goods from the buyer under a return waybill. Goes through the outbox: asked for once. Where the platform hides the buyer it is asked at that moment, which counts against its quota, and the answer is kept nowhere.',
  },
  params,
  ports: { asked: { zh: '已下单', en: 'asked' } },
  adds: {},
  needs: ['order'],
  step(item, { params: { connection: id, to }, world }) {
    const { orderId, order_customer_name: name, phone, address, items } = orderOf(item)
    const connection = connectionThat('reverse', world, id)
    const lines = items.map(({ sku, quantity }) => ({ sku, quantity }))
    return {
      ports: ['asked'],
      note: { carrier: connection.name, lines: itemWords(items) },
      effects: [
        {
          kind: 'act',
          action: 'reverse',
          orderId,
          connection: connection.id,
          body: { orderId, lines, from: { ...address, name, phone }, to },
        },
      ],
    }
  },
  explain: ({ note: { carrier, lines } }) => ({
    zh: `请${carrier}上门取退货：${lines}`,
    en: `${carrier} is asked to fetch ${lines}`,
  }),
  examples: [
    {
      title: { zh: '退货请顺丰上门取', en: 'the carrier fetches it' },
      params: {
        connection: 'sf',
        to: {
          name: '退货组',
          phone: '0571-88888888',
          province: '浙江省',
          city: '杭州市',
          district: '余杭区',
          detail: '良渚仓 2 号门',
        },
      },
      data: { order: anOrder() },
      world: { connections: carriers },
      expect: { ports: ['asked'], note: { carrier: '顺丰' } },
    },
  ],
})
