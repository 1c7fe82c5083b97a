import { Type } from 'typebox'
import type { Text } from '../workflow/text.ts'
import { exampleSpike, spikeEvent } from './example-spike.ts'
import { signalFields } from './fields.ts'
import { hint } from './hints.ts'
import type { Outcome } from './node-type.ts'
import { isAboutParcel } from './parcel-signal.ts'
import { defineItemNode } from './per-item.ts'
import { StepError } from './step-failure.ts'
import { isStockSpike, spikeFacts } from './stock-spike.ts'

const minutes: Text = { zh: '分钟', en: 'min' }

const params = Type.Object(
  {
    unitsPerMinute: Type.Integer({
      ...hint('每分钟卖出超过', 'More units a minute than', { unit: { zh: '件', en: 'pcs' } }),
      minimum: 1,
      maximum: 1_000_000,
    }),
    windowSeconds: Type.Optional(
      Type.Integer({
        ...hint('看最近多少秒', 'Looking back', { unit: { zh: '秒', en: 's' } }),
        minimum: 5,
        maximum: 600,
        default: 60,
      }),
    ),
    skus: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
        ...hint(
          '只看这些商品（末尾的 * 代表任意字，空为全部）',
          'Only these SKUs (a final * stands for anything; all when empty)',
        ),
        maxItems: 500,
      }),
    ),
    orderedWithinMinutes: Type.Optional(
      Type.Integer({
        ...hint(
          '只算多久内下的单（不填就都算，补录的旧单也算）',
          'Count only orders placed within (all when empty, old ones that are imported too)',
          { unit: minutes },
        ),
        minimum: 1,
        maximum: 10_080,
      }),
    ),
    cooldownMinutes: Type.Optional(
      Type.Integer({
        ...hint('同一商品多久内不再触发', 'Quiet about the same SKU for', { unit: minutes }),
        minimum: 1,
        maximum: 10_080,
        default: 30,
      }),
    ),
  },
  { additionalProperties: false },
)

const NOT_WANTED: Outcome = { ports: [] }

export const stockVelocity = defineItemNode({
  type: 'stock.velocity',
  kind: 'trigger',
  wants: 'signal',
  sample: exampleSpike(),
  name: { zh: '销量突增', en: 'Sells too fast' },
  title: {
    zh: '一个商品每分钟卖出超过 {unitsPerMinute}',
    en: 'A SKU sells more than {unitsPerMinute} a minute',
  },
  description: {
    zh: '某个商品卖得太快时开始，每次突增只开始一次。数的是各渠道订单里的件数（重复单和退货单不算，没锁到货的也算），订单一判定就计入。流程里可以用商品、速度、各仓余量、还能卖几分钟。',
    en: 'Starts when one SKU sells too fast, once for each spike. It counts the units ordered on all channels as orders are decided: not repeats or returns, but also those no stock could be held for. The SKU, the speed, what is left where and for how many minutes can be used in the workflow.',
  },
  params,
  ports: { spiked: { zh: '突增', en: 'spiked' } },
  adds: { '*': signalFields },
  needs: [],
  prepare: ({
    unitsPerMinute,
    skus = [],
    windowSeconds = 60,
    cooldownMinutes = 30,
    orderedWithinMinutes,
  }) => ({
    limitPerMinute: unitsPerMinute,
    windowSeconds,
    cooldownMinutes,
    orderedWithinMinutes,
    wants: skuFilter(skus),
  }),
  step({ data: { event, source } }, { prepared: { limitPerMinute, wants } }) {
    if (event.kind !== 'signal' || isAboutParcel(source)) return NOT_WANTED
    if (!isStockSpike(source)) throw notASpike()
    const { sku, perMinute } = source
    if (perMinute <= limitPerMinute || !wants(sku)) return NOT_WANTED
    return {
      ports: ['spiked'],
      set: { signal: spikeFacts(source) },
      note: { sku, perMinute, limit: limitPerMinute },
    }
  },
  explain: ({ ports, note: { sku, perMinute, limit } }) =>
    ports.length === 0
      ? { zh: '没有卖得太快', en: 'Nothing sells too fast' }
      : {
          zh: `${sku} 每分钟卖出 ${grouped(perMinute)} 件，超过 ${grouped(limit)} 件`,
          en: `${sku} sells ${grouped(perMinute)} a minute, more than ${grouped(limit)}`,
        },
  examples: [
    {
      title: { zh: '超过一件：开始', en: 'one more than the limit starts it' },
      params: { unitsPerMinute: 300 },
      data: { event: spikeEvent, source: exampleSpike({ perMinute: 301 }) },
      expect: { ports: ['spiked'], note: { sku: 'MILK-1', perMinute: 301, limit: 300 } },
    },
    {
      title: { zh: '正好到上限：不开始', en: 'exactly the limit does not' },
      params: { unitsPerMinute: 300 },
      data: { event: spikeEvent, source: exampleSpike({ perMinute: 300 }) },
      expect: { ports: [] },
    },
    {
      title: { zh: '不在要看的商品里：不开始', en: 'a SKU that is not looked at does not' },
      params: { unitsPerMinute: 300, skus: ['DIAPER-*'] },
      data: { event: spikeEvent, source: exampleSpike() },
      expect: { ports: [] },
    },
  ],
})

/** What a velocity trigger watches for, as `prepare` makes it of the params. */
export interface VelocityWatch {
  readonly limitPerMinute: number
  readonly windowSeconds: number
  readonly cooldownMinutes: number
  readonly orderedWithinMinutes: number | undefined
  readonly wants: (sku: string) => boolean
}

function skuFilter(skus: readonly string[]): (sku: string) => boolean {
  if (skus.length === 0) return () => true
  const whole = new Set(skus.filter(each => !each.endsWith('*')))
  const beginnings = skus.filter(each => each.endsWith('*')).map(each => each.slice(0, -1))
  return sku => whole.has(sku) || beginnings.some(beginning => sku.startsWith(beginning))
}

/** `1200` → `1,200`: speeds are large numbers, and they decide. */
const grouped = (value: unknown): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

function notASpike(): StepError {
  const told = (isStockSpike.errors ?? [])
    .map(({ instancePath, message }) => `${instancePath.slice(1)} ${message}`.trim())
    .join('; ')
  return new StepError('NOT_A_SPIKE', {
    zh: `这不是一条销量突增的信号：${told}`,
    en: `This is no signal of a SKU that sells too fast: ${told}`,
  })
}
