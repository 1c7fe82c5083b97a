import { Type } from 'typebox'
import type { PurchaseEffect } from '../world/world.ts'
import { anOrder, exampleConnections } from './example-order.ts'
import { hint } from './hints.ts'
import { defineItemNode, orderOf } from './per-item.ts'
import { StepError } from './step-failure.ts'
import { itemWords } from './template.ts'

const params = Type.Object(
  {
    supplier: Type.String({
      ...hint('供应商', 'Supplier', { as: 'connection', does: 'purchase' }),
      minLength: 1,
      maxLength: 120,
    }),
    urgent: Type.Optional(Type.Boolean(hint('加急（默认与订单相同）', 'Urgent (as the order by default)'))),
    shipTo: Type.Optional(
      Type.Union([Type.Literal('warehouse'), Type.Literal('customer')], {
        ...hint('发到哪里', 'Ship to', {
          options: {
            warehouse: { zh: '本仓', en: 'own warehouse' },
            customer: { zh: '买家（代发）', en: 'the customer' },
          },
        }),
        default: 'warehouse',
      }),
    ),
  },
  { additionalProperties: false },
)

export const purchaseCreate = defineItemNode({
  type: 'purchase.create',
  kind: 'outside',
  name: { zh: '建采购单', en: 'Create purchase' },
  title: { zh: '向供应商 {supplier} 采购，发到{shipTo}', en: 'Buy from {supplier}, ship to the {shipTo}' },
  description: {
    zh: '把订单需要的商品作为采购请求发给供应商。请求经发件箱发出，只发一次，成败可查。',
    en: 'Asks a supplier for what the order needs. The request goes through the outbox: sent once, and accounted for.',
  },
  params,
  ports: { created: { zh: '已建单', en: 'created' } },
  adds: {},
  needs: ['order'],
  step(item, { params: { supplier, urgent, shipTo }, world }) {
    const { orderId, items, address, order_customer_name: name, phone, urgent: orderIsUrgent } = orderOf(item)
    const connection = world.connection(supplier)
    if (!connection) throw unknownSupplier(supplier)
    const effect: PurchaseEffect = {
      kind: 'purchase',
      orderId,
      supplier,
      lines: items.map(({ sku, quantity }) => ({ sku, quantity })),
      urgent: urgent ?? orderIsUrgent,
    }
    const note = { supplier: connection.name, lines: itemWords(items), urgent: effect.urgent }
    return {
      ports: ['created'],
      note,
      effects: [shipTo === 'customer' ? { ...effect, shipTo: { ...address, name, phone } } : effect],
    }
  },
  explain: ({ note: { supplier, lines, urgent } }) => ({
    zh: `向 ${supplier} ${urgent ? '加急' : ''}采购 ${lines}`,
    en: `${urgent ? 'Urgent purchase' : 'Purchase'} of ${lines} from ${supplier}`,
  }),
  examples: [
    {
      title: { zh: '急单就加急采购', en: 'an urgent order makes an urgent purchase' },
      params: { supplier: 'supplier' },
      data: { order: anOrder({ urgent: true }) },
      world: { connections: exampleConnections },
      expect: { ports: ['created'], note: { supplier: '优源供应商', lines: 'MILK-1×2', urgent: true } },
    },
  ],
})

function unknownSupplier(supplier: string): StepError {
  return new StepError('UNKNOWN_SUPPLIER', {
    zh: `没有供应商连接「${supplier}」，请在「连接」里添加或在节点里另选，然后重试`,
    en: `There is no supplier connection "${supplier}"; add it or choose another, then retry`,
  })
}
