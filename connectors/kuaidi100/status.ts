import type { ParcelState } from '../kit/parcel.ts'

/** Codes of `state` and, finer, of `statusCode` (with `resultv2` 4), from Kuaidi100's state tables. */
const STATES: Readonly<Record<string, ParcelState>> = {
  '0': 'in-transit',
  '1': 'collected',
  '2': 'exception',
  '3': 'signed',
  '4': 'returned',
  '5': 'out-for-delivery',
  '6': 'returning',
  '7': 'in-transit',
  '8': 'in-transit',
  '10': 'in-transit',
  '11': 'in-transit',
  '12': 'in-transit',
  '13': 'exception',
  '14': 'exception',
  '101': 'waiting',
  '102': 'waiting',
  '103': 'collected',
  '1001': 'in-transit',
  '1002': 'in-transit',
  '1003': 'in-transit',
  '501': 'out-for-delivery',
  '301': 'signed',
  '302': 'signed',
  '303': 'signed',
  '304': 'signed',
  '401': 'exception',
  '201': 'exception',
  '202': 'exception',
  '203': 'exception',
  '204': 'exception',
  '205': 'exception',
  '206': 'exception',
  '207': 'exception',
  '208': 'exception',
  '209': 'exception',
  '210': 'exception',
}

/** Words of `status`, for rows that carry no code. */
const WORDS: readonly (readonly [RegExp, ParcelState])[] = [
  [/退签/, 'returned'],
  [/退回/, 'returning'],
  [/签收/, 'signed'],
  [/疑难|异常|拒签|拒收/, 'exception'],
  [/派件|派送|投柜|驿站/, 'out-for-delivery'],
  [/揽收|收件/, 'collected'],
]

/** What a code says; undefined for one that is not in the tables. */
export const stateOfCode = (code: string): ParcelState | undefined =>
  Object.hasOwn(STATES, code) ? STATES[code] : undefined

/** What the name of a state says. */
export const stateOfWords = (status: string): ParcelState =>
  WORDS.find(([words]) => words.test(status))?.[1] ?? 'in-transit'
