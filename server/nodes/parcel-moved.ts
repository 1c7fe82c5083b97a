import { Type } from 'typebox'
import type { ParcelState } from '../../connectors/kit/parcel.ts'
import { orderFields } from '../workflow/order-fields.ts'
import { parcelStates } from '../workflow/parcel-words.ts'
import type { Text } from '../workflow/text.ts'
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

const words: Readonly<Record<ParcelState, Text>> = parcelStates

const State = Type.Union(
  [
    Type.Literal('waiting'),
    Type.Literal('collected'),
    Type.Literal('in-transit'),
    Type.Literal('out-for-delivery'),
    Type.Literal('signed'),
    Type.Literal('returning'),
    Type.Literal('returned'),
    Type.Literal('exception'),
  ],
  { ...hint('物流状态', 'Where it is', { options: words }) },
)

const params = Type.Object(
  {
    states: Type.Array(State, {
      ...hint('包裹到了哪些状态就开始', 'Begins when a parcel is'),
      minItems: 1,
      maxItems: 8,
      uniqueItems: true,
      default: ['exception'],
    }),
    stillHours: Type.Optional(
      Type.Integer({
        ...hint(
          '多久没有走动也开始（不填就不看）',
          'Begins as well when it has not moved for (not when empty)',
          {
            unit: { zh: '小时', en: 'h' },
          },
        ),
        minimum: 1,
        maximum: 720,
      }),
    ),
    which: LegsParam,
  },
  { additionalProperties: false },
)

/** What the trigger waits for, as `prepare` makes it of the params. */
export interface MovedWatch {
  readonly states: ReadonlySet<string>
  readonly stillHours: number | undefined
  readonly legs: ReadonlySet<string>
}

export const parcelMoved = defineItemNode({
  type: 'parcel.moved',
  kind: 'trigger',
  wants: 'signal',
  about: 'order',
  sample: exampleParcelSignal('moved'),
  name: { zh: '物流有进展', en: 'Parcel moved' },
  title: { zh: '包裹{states}', en: 'A parcel is {states}' },
  description: {
    zh: '快递公司说包裹到了所选的状态时开始，同一次到达只开始一次；也可以在很久没有走动时开始，用「发生了什么」分开处理。快递要先在「连接」里接好（顺丰、京东物流或快递100）。两次查询之间走了几步的，只看最新的一步。流程里可以用包裹和它的订单。',
    en: 'Begins when the carrier says that a parcel is in one of these states, once each time it gets there; if you like also when it has not moved for long, which "what happened" tells apart. A carrier must be connected first (SF Express, JD Logistics or Kuaidi100). Of several steps between two looks only the newest counts. The parcel and its order can be used in the workflow.',
  },
  params,
  ports: { moved: { zh: '到了', en: 'moved' } },
  adds: { '*': [...orderFields, ...parcelFields] },
  needs: [],
  prepare: ({ states, stillHours, which }): MovedWatch => ({
    states: new Set(states),
    stillHours,
    legs: legsOf(which),
  }),
  step({ data: { event, source } }, { prepared: { states, stillHours, legs } }) {
    if (event.kind !== 'signal' || !isAboutParcel(source)) return NOT_WANTED
    const signal = readParcelSignal(source)
    const { what, order } = signal
    const parcel = parcelOfRun(signal)
    const { waybill, carrierName, state, text, leg, hoursStill, happened } = parcel
    const isWanted =
      what === 'moved' ? states.has(state) : stillHours !== undefined && hoursStill >= stillHours
    if (!isWanted || !legs.has(leg)) return NOT_WANTED
    const note = { waybill, carrierName, state, text, ...(what === 'stalled' && { happened, hoursStill }) }
    return { ports: ['moved'], set: { parcel, order }, note }
  },
  explain({ ports, note }) {
    if (ports.length === 0) return { zh: '不是要看的状态', en: 'Not a state to look at' }
    if (note.happened === 'stalled') return stalledWords(note)
    const { waybill, carrierName, state, text } = note
    const word = words[state as ParcelState]
    const said = text ? `：${text}` : ''
    return {
      zh: `${carrierName} ${waybill} ${word.zh}${said}`,
      en: `${carrierName} ${waybill} is ${word.en}${said}`,
    }
  },
  examples: [
    {
      title: { zh: '派送异常：开始', en: 'an exception starts it' },
      params: { states: ['exception'] },
      data: { event: parcelEvent, source: exampleParcelSignal('moved') },
      expect: { ports: ['moved'], note: { waybill: 'SF0000000000001', state: 'exception' } },
    },
    {
      title: { zh: '不在所选的状态里：不开始', en: 'another state does not' },
      params: { states: ['signed', 'returned'] },
      data: { event: parcelEvent, source: exampleParcelSignal('moved') },
      expect: { ports: [] },
    },
    {
      title: {
        zh: '也看停滞，72 小时没有走动：开始',
        en: 'not moved for 72 hours, where that is looked at as well',
      },
      params: { states: ['exception'], stillHours: 72 },
      data: { event: parcelEvent, source: exampleParcelSignal('stalled', { hoursStill: 72 }) },
      expect: { ports: ['moved'], note: { happened: 'stalled', hoursStill: 72 } },
    },
    {
      title: {
        zh: '买家退回的包裹，只看发给买家的：不开始',
        en: 'a parcel sent back does not, where those to buyers are looked at',
      },
      params: { states: ['exception'], which: 'out' },
      data: { event: parcelEvent, source: exampleParcelSignal('moved', { leg: 'return' }) },
      expect: { ports: [] },
    },
  ],
})
