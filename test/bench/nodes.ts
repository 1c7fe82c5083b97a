// Prints what each node type costs per order: `node --import tsx test/bench/nodes.ts`. CPU time, so that a busy
// machine does not count; the world is the simulated one.
import {
  anEvent,
  anOrder,
  exampleConnections,
  exampleWarehouses,
  someStock,
} from '../../server/nodes/example-order.ts'
import { nodeTypesByType } from '../../server/nodes/index.ts'
import type { Item, RunData } from '../../server/nodes/node-type.ts'
import { simulatedWorld } from '../../server/world/simulated.ts'
import { warehouseWorkflow } from '../support/warehouse-shop.ts'

const BATCH = 500
const ROUNDS = 200
const WARM_UP = 40

const yuan = [{ use: 'yuan' as const }]
const date = [{ use: 'date' as const }]
const mapping = {
  fields: [
    { to: 'orderId', from: ['tid_str', 'tid'], required: true },
    { to: 'order_customer_name', from: 'receiver_name', transforms: [{ use: 'trim' as const }] },
    {
      to: 'phone',
      from: ['receiver_mobile', 'receiver_phone'],
      transforms: [{ use: 'phone' as const }],
      required: true,
    },
    { to: 'address.province', from: 'receiver_state' },
    { to: 'address.city', from: 'receiver_city' },
    { to: 'address.district', from: 'receiver_district' },
    { to: 'address.detail', from: 'receiver_address', transforms: [{ use: 'trim' as const }] },
    { to: 'paidFen', from: 'payment', transforms: yuan, required: true },
    { to: 'orderedAt', from: 'created', transforms: date, required: true },
    { to: 'paidAt', from: 'pay_time', transforms: date },
    { to: 'modifiedAt', from: 'modified', transforms: date },
    { to: 'buyerNote', from: 'buyer_message' },
    { to: 'sellerNote', from: 'seller_memo' },
    {
      to: 'status',
      from: 'status',
      transforms: [{ use: 'codes' as const, table: { WAIT_SELLER_SEND_GOODS: 'paid' }, keep: true }],
    },
    {
      to: 'items',
      each: 'orders.order',
      fields: [
        { to: 'sku', from: ['outer_sku_id', 'sku_id'], required: true },
        { to: 'title', from: 'title' },
        { to: 'quantity', from: 'num', required: true },
        { to: 'unitPriceFen', from: 'price', transforms: yuan },
        { to: 'paidFen', from: 'divide_order_fee', transforms: yuan },
      ],
    },
  ],
}

const sourceOf = (index: number) => ({
  tid: `41234567890123${index}`,
  status: 'WAIT_SELLER_SEND_GOODS',
  payment: '238.00',
  total_fee: '258.00',
  post_fee: '0.00',
  created: '2026-10-01 10:03:40',
  modified: '2026-10-01 10:05:13',
  pay_time: '2026-10-01 10:05:12',
  buyer_nick: 't**1',
  buyer_open_uid: 'AAHZabcDEMOopenuid0001',
  receiver_name: '王小明',
  receiver_state: '浙江省',
  receiver_city: '杭州市',
  receiver_district: '余杭区',
  receiver_address: '文一西路969号3幢502室',
  receiver_mobile: `138${String(index).padStart(8, '0')}`,
  seller_memo: '',
  buyer_message: '请尽快发货',
  orders: {
    order: ['TSHIRT-BLK-L', 'TSHIRT-WHT-M'].map(sku => ({
      oid: `51234567890123${index}`,
      outer_sku_id: sku,
      title: '纯棉短袖T恤 演示商品 夏季新款',
      price: '129.00',
      num: 1,
      divide_order_fee: '119.00',
      sku_properties_name: '颜色:黑色;尺码:L',
      refund_status: 'NO_REFUND',
      pic_path: 'https://img.example.com/bao/uploaded/demo.jpg',
    })),
  },
})

const table = warehouseWorkflow.nodes.find(node => node.id === 'table')!.params
const paramsByType: Readonly<Record<string, unknown>> = {
  'order.received': {},
  'data.map': { use: 'connection' },
  'data.validate': {
    rules: [
      { field: 'phone', must: 'present' },
      { field: 'items[].quantity', must: 'atMost', value: 99 },
    ],
  },
  'order.dedup': {},
  'logic.condition': { when: { '>=': [{ var: 'order.paidFen' }, 10_000] } },
  'logic.switch': {
    by: 'value',
    field: 'order.channel',
    cases: [{ port: 'ali', name: '淘系', values: ['taobao'] }],
  },
  'logic.decision-table': table,
  'stock.lookup': {},
  'stock.reserve': {},
  'stock.transfer': {},
  'task.create': { topic: 'backorder', title: '缺货 {order.orderId}' },
  'flow.end': { outcome: 'ship', orderStatus: 'to-ship' },
}

const stock = Object.fromEntries(exampleWarehouses.map(({ id }) => [id, { 'MILK-1': 10_000_000 }]))
const [shop, supplier] = exampleConnections
const state = { connections: [{ ...shop!, mapping }, supplier!], warehouses: exampleWarehouses, stock }

function batchOf(round: number): Item[] {
  return Array.from({ length: BATCH }, (_, index): Item => {
    const id = round * BATCH + index
    const data: RunData = {
      event: anEvent({ orderKey: `tb:${id}` }),
      source: sourceOf(id),
      order: anOrder({ orderId: `${id}`, phone: `138${String(id).padStart(8, '0')}` }),
      stock: someStock(1, 9),
    }
    return { key: `run-${id}/node/0`, data }
  })
}

// Made beforehand, so that the garbage of making them is not counted.
const batches = Array.from({ length: 20 }, (_, round) => batchOf(round))

console.log(`bytes per source document: ${Buffer.byteLength(JSON.stringify(sourceOf(1)))}`)
for (const [type, params] of Object.entries(paramsByType)) {
  const node = nodeTypesByType.get(type)!
  const prepared = node.prepare?.(params)
  let spentUs = 0
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const batch = batches[round % batches.length]!
    // A fresh world each round: its memory of answers must not grow into what is measured.
    const world = simulatedWorld(state)
    const before = process.cpuUsage()
    const outcomes = await node.run(batch, { params, prepared, world })
    const { user, system } = process.cpuUsage(before)
    if (round >= WARM_UP) spentUs += user + system
    const failed = outcomes.find(outcome => outcome.failed)
    if (failed) throw new Error(`${type}: ${failed.failed?.message}`)
  }
  console.log(`${type.padEnd(22)} ${(spentUs / ROUNDS / BATCH).toFixed(2).padStart(7)} µs per order`)
}
