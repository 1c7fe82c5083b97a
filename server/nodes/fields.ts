import type { FieldSpec } from '../workflow/field.ts'
import { baseFields, orderFields } from '../workflow/order-fields.ts'
import type { Text } from '../workflow/text.ts'
import { parcelFields } from './parcel-fields.ts'

const pieces: Text = { zh: '件', en: 'pcs' }
const km: Text = { zh: 'km', en: 'km' }
const minutes: Text = { zh: '分钟', en: 'min' }

/** How warehouses are called in the fields of a stock lookup; by their names once they are known. */
interface WarehouseNames {
  readonly own: Text
  readonly near: Text
}

const unnamed: WarehouseNames = {
  own: { zh: '本仓', en: 'own warehouse' },
  near: { zh: '邻近仓', en: 'nearest warehouse' },
}

/**
 * What a stock lookup tells. Where no other warehouse has everything, `stock.near.distanceKm` is empty, and
 * JsonLogic counts empty as 0: a rule about the distance must ask `stock.near.covers` as well.
 */
export function stockFieldsOf({ own, near }: WarehouseNames): readonly FieldSpec[] {
  return [
    { path: 'stock.own.available', type: 'number', name: named(own, '可用', 'available'), unit: pieces },
    { path: 'stock.own.need', type: 'number', name: { zh: '需要', en: 'needed' }, unit: pieces },
    { path: 'stock.own.covers', type: 'boolean', name: named(own, '够货', 'has everything') },
    { path: 'stock.own.sku', type: 'string', name: named(own, '最缺的商品', 'scarcest SKU') },
    { path: 'stock.own.warehouse', type: 'string', name: { zh: '本仓编号', en: 'own warehouse id' } },
    { path: 'stock.own.name', type: 'string', name: { zh: '本仓名称', en: 'own warehouse name' } },
    { path: 'stock.own.distanceKm', type: 'number', name: named(own, '距离', 'distance'), unit: km },
    { path: 'stock.near.covers', type: 'boolean', name: named(near, '够货', 'has everything') },
    { path: 'stock.near.available', type: 'number', name: named(near, '可用', 'available'), unit: pieces },
    { path: 'stock.near.need', type: 'number', name: { zh: '需要', en: 'needed' }, unit: pieces },
    {
      path: 'stock.near.distanceKm',
      type: 'number',
      name: named(near, '距离', 'distance'),
      unit: km,
      optional: true,
    },
    { path: 'stock.near.sku', type: 'string', name: named(near, '最缺的商品', 'scarcest SKU') },
    {
      path: 'stock.near.warehouse',
      type: 'string',
      name: { zh: '邻近仓编号', en: 'nearest warehouse id' },
      optional: true,
    },
    {
      path: 'stock.near.name',
      type: 'string',
      name: { zh: '邻近仓名称', en: 'nearest warehouse name' },
      optional: true,
    },
    {
      path: 'stock.others',
      type: 'list',
      name: { zh: '其它仓库', en: 'other warehouses' },
      entry: otherFields,
    },
    {
      path: 'stock.network.available',
      type: 'number',
      name: { zh: '全网可用', en: 'available everywhere' },
      unit: pieces,
    },
    { path: 'stock.network.need', type: 'number', name: { zh: '需要', en: 'needed' }, unit: pieces },
    {
      path: 'stock.network.covers',
      type: 'boolean',
      name: { zh: '全网够货', en: 'all warehouses together have everything' },
    },
    {
      path: 'stock.network.sku',
      type: 'string',
      name: { zh: '全网最缺的商品', en: 'scarcest SKU everywhere' },
    },
  ]
}

const otherFields: readonly FieldSpec[] = [
  { path: 'warehouse', type: 'string', name: { zh: '仓库编号', en: 'warehouse id' } },
  { path: 'name', type: 'string', name: { zh: '仓库名称', en: 'warehouse name' } },
  { path: 'available', type: 'number', name: { zh: '可用', en: 'available' }, unit: pieces },
  { path: 'need', type: 'number', name: { zh: '需要', en: 'needed' }, unit: pieces },
  { path: 'covers', type: 'boolean', name: { zh: '够货', en: 'has everything' } },
  { path: 'distanceKm', type: 'number', name: { zh: '距离', en: 'distance' }, unit: km },
]

export const stockFields = stockFieldsOf(unnamed)

export const dedupFields: readonly FieldSpec[] = [
  { path: 'dedup.duplicateOf', type: 'string', name: { zh: '与之重复的订单', en: 'order it repeats' } },
  { path: 'dedup.minutesApart', type: 'number', name: { zh: '相隔', en: 'minutes apart' }, unit: minutes },
]

export const decisionFields: readonly FieldSpec[] = [
  { path: 'decision.row', type: 'string', name: { zh: '命中的规则', en: 'row that was hit' } },
]

export const taskFields: readonly FieldSpec[] = [
  { path: 'task.choice', type: 'string', name: { zh: '人工选择', en: 'choice made' } },
  { path: 'task.by', type: 'string', name: { zh: '处理人', en: 'decided by' } },
]

const perMinute: Text = { zh: '件/分钟', en: 'pcs/min' }

/** What a run knows that began because a SKU sells too fast. */
export const signalFields: readonly FieldSpec[] = [
  { path: 'signal.sku', type: 'string', name: { zh: '卖得太快的商品', en: 'SKU that sells too fast' } },
  {
    path: 'signal.perMinute',
    type: 'number',
    name: { zh: '售出速度', en: 'speed of sale' },
    unit: perMinute,
  },
  {
    path: 'signal.limitPerMinute',
    type: 'number',
    name: { zh: '速度上限', en: 'limit of speed' },
    unit: perMinute,
  },
  {
    path: 'signal.units',
    type: 'number',
    name: { zh: '这段时间卖出', en: 'sold in that time' },
    unit: pieces,
  },
  {
    path: 'signal.windowSeconds',
    type: 'number',
    name: { zh: '看的时间', en: 'time looked at' },
    unit: { zh: '秒', en: 's' },
  },
  { path: 'signal.available', type: 'number', name: { zh: '全网余量', en: 'left everywhere' }, unit: pieces },
  { path: 'signal.places', type: 'string', name: { zh: '各仓余量', en: 'left in each warehouse' } },
  {
    path: 'signal.warehouses',
    type: 'list',
    name: { zh: '仓库余量', en: 'what warehouses have left' },
    entry: [
      { path: 'warehouse', type: 'string', name: { zh: '仓库编号', en: 'warehouse id' } },
      { path: 'name', type: 'string', name: { zh: '仓库名称', en: 'warehouse name' } },
      { path: 'available', type: 'number', name: { zh: '可用', en: 'available' }, unit: pieces },
    ],
  },
  { path: 'signal.minutesLeft', type: 'number', name: { zh: '还能卖', en: 'time it lasts' }, unit: minutes },
  { path: 'signal.at', type: 'instant', name: { zh: '发现时间', en: 'time it was noticed' } },
]

/** Every field a run can hold, in general words. */
export const knownFields: readonly FieldSpec[] = [
  ...orderFields,
  ...baseFields,
  ...stockFields,
  ...dedupFields,
  ...decisionFields,
  ...taskFields,
  ...signalFields,
  ...parcelFields,
]

function named(warehouse: Text, zh: string, en: string): Text {
  // Latin names need a space before a Chinese word.
  const gap = /[\w)]$/.test(warehouse.zh) ? ' ' : ''
  return { zh: `${warehouse.zh}${gap}${zh}`, en: `${warehouse.en} ${en}` }
}
