import { Type } from 'typebox'
import { orderFields } from '../workflow/order-fields.ts'
import { exampleParcelSignal, parcelEvent } from './example-parcel.ts'
import { hint } from './hints.ts'
import { parcelFields } from './parcel-fields.ts'
import {
  isAboutParcel,
  LegsParam,
  legsOf,
  NOT_WANTED,
  parcelOfRun,
  readParcelSignal,
  stalledWords,
} from './parcel-signal.ts'
import { defineItemNode } from './per-item.ts'

const params = Type.Object(
  {
    stillHours: Type.Integer({
      ...hint('多久没有走动就开始', 'Begins when it has not moved for', { unit: { zh: '小时', en: 'h' } }),
      minimum: 1,
      maximum: 720,
      default: 72,
    }),
    which: LegsParam,
  },
  { additionalProperties: false },
)

/** What the trigger waits for, as `prepare` makes it of the params. */
export interface StalledWatch {
  readonly stillHours: number
  readonly legs: ReadonlySet<string>
}

export const parcelStalled = defineItemNode({
  type: 'parcel.stalled',
  kind: 'trigger',
  wants: 'signal',
  about: 'order',
  sample: exampleParcelSignal('stalled', {
    state: 'in-transit',
    text: '离开【杭州转运中心】',
    hoursStill: 72,
  }),
  name: { zh: '物流停滞', en: 'Parcel stands still' },
  title: { zh: '包裹 {stillHours}没有走动', en: 'A parcel has not moved for {stillHours}' },
  description: {
    zh: '按快递公司自己的记录，包裹这么久没有新的进展时开始；一直没揽收的，从知道运单号那一刻算起。同一次停滞只开始一次，走动后再停会再开始。快递要先在「连接」里接好。流程里可以用包裹和它的订单。',
    en: "Begins when by the carrier's own record nothing has happened to a parcel for so long; one that was never collected counts from when its number was known. Once for each standstill. A carrier must be connected first. The parcel and its order can be used in the workflow.",
  },
  params,
  ports: { stalled: { zh: '停滞', en: 'still' } },
  adds: { '*': [...orderFields, ...parcelFields] },
  needs: [],
  prepare: ({ stillHours, which }): StalledWatch => ({ stillHours, legs: legsOf(which) }),
  step({ data: { event, source } }, { prepared: { stillHours, legs } }) {
    if (event.kind !== 'signal' || !isAboutParcel(source)) return NOT_WANTED
    const signal = readParcelSignal(source)
    const { what, order } = signal
    const parcel = parcelOfRun(signal)
    if (what !== 'stalled' || parcel.hoursStill < stillHours || !legs.has(parcel.leg)) return NOT_WANTED
    const { waybill, carrierName, hoursStill, text } = parcel
    return { ports: ['stalled'], set: { parcel, order }, note: { waybill, carrierName, hoursStill, text } }
  },
  explain: ({ ports, note }) =>
    ports.length === 0 ? { zh: '包裹还在走', en: 'The parcel moves' } : stalledWords(note),
  examples: [
    {
      title: { zh: '正好 72 小时：开始', en: 'exactly 72 hours start it' },
      params: { stillHours: 72 },
      data: { event: parcelEvent, source: exampleParcelSignal('stalled', { hoursStill: 72 }) },
      expect: { ports: ['stalled'], note: { waybill: 'SF0000000000001', hoursStill: 72 } },
    },
    {
      title: { zh: '71 小时：不开始', en: '71 do not' },
      params: { stillHours: 72 },
      data: { event: parcelEvent, source: exampleParcelSignal('stalled', { hoursStill: 71 }) },
      expect: { ports: [] },
    },
  ],
})
