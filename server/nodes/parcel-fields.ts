import type { FieldSpec } from '../workflow/field.ts'
import { parcelLegs, parcelStates } from '../workflow/parcel-words.ts'
import type { Text } from '../workflow/text.ts'

const optionsOf = (words: Readonly<Record<string, Text>>): NonNullable<FieldSpec['options']> =>
  Object.entries(words).map(([value, name]) => ({ value, name }))

/** What a run knows that began because of a parcel. */
export const parcelFields: readonly FieldSpec[] = [
  { path: 'parcel.waybill', type: 'string', name: { zh: '运单号', en: 'waybill' } },
  { path: 'parcel.carrierName', type: 'string', name: { zh: '快递公司', en: 'carrier' } },
  { path: 'parcel.carrier', type: 'string', name: { zh: '快递公司代码', en: 'code of the carrier' } },
  {
    path: 'parcel.happened',
    type: 'string',
    name: { zh: '发生了什么', en: 'what happened' },
    options: [...optionsOf(parcelStates), { value: 'stalled', name: { zh: '停滞', en: 'stands still' } }],
  },
  {
    path: 'parcel.state',
    type: 'string',
    name: { zh: '物流状态', en: 'where the parcel is' },
    options: optionsOf(parcelStates),
  },
  {
    path: 'parcel.leg',
    type: 'string',
    name: { zh: '包裹种类', en: 'kind of parcel' },
    options: optionsOf(parcelLegs),
  },
  {
    path: 'parcel.text',
    type: 'string',
    name: { zh: '快递的原话', en: "the carrier's words" },
    optional: true,
  },
  { path: 'parcel.place', type: 'string', name: { zh: '所在地', en: 'place' }, optional: true },
  { path: 'parcel.at', type: 'instant', name: { zh: '最后走动的时间', en: 'time it moved last' } },
  {
    path: 'parcel.hoursStill',
    type: 'number',
    name: { zh: '没有走动的时长', en: 'hours it has stood still' },
    unit: { zh: '小时', en: 'h' },
  },
]
