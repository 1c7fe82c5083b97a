import type { ParcelState } from '../kit/parcel.ts'
import type { SimDeed } from './simulator.ts'

/** One scan of a simulated parcel, in no carrier's words. */
export interface SimScan {
  readonly at: Date
  readonly state: ParcelState
  readonly place: string
}

export interface SimTracked {
  readonly waybill: string
  /** Last four digits of sender and receiver; nobody is asked for them where there are none. */
  readonly phoneTails: readonly string[]
  readonly scans: SimScan[]
  /** The number it goes back under. */
  returnWaybill?: string
}

/** What a simulated carrier has under way. A number nobody told of comes to be when it first moves. */
export interface SimParcels {
  get(waybill: string): SimTracked | undefined
  expect(waybill: string, phoneTails?: readonly string[]): SimTracked
  move(waybill: string, state: ParcelState, at?: Date): SimScan
  onMove(listener: (parcel: SimTracked, scan: SimScan) => void): void
  /** What happened, newest first. */
  log(): readonly { readonly at: Date; readonly text: string }[]
  /** One for each way a person can move a parcel. */
  readonly deeds: readonly SimDeed[]
}

const MOVES = [
  ['collected', '揽收', 'Collect', '杭州市'],
  ['in-transit', '运输', 'Carry on', '杭州市'],
  ['out-for-delivery', '派送', 'Take out for delivery', '上海市'],
  ['signed', '签收', 'Sign', '上海市'],
  ['returning', '退回', 'Send back', '上海市'],
  ['exception', '异常', 'Exception', '上海市'],
] as const satisfies readonly (readonly [ParcelState, string, string, string])[]

const LONGEST_LOG = 200

/** @param returnsUnder the number a parcel goes back under; its own where absent */
export function simParcels(clock: () => Date, returnsUnder?: (waybill: string) => string): SimParcels {
  const parcels = new Map<string, SimTracked>()
  const listeners: ((parcel: SimTracked, scan: SimScan) => void)[] = []
  const entries: { at: Date; text: string }[] = []

  function expect(waybill: string, phoneTails: readonly string[] = []): SimTracked {
    const parcel = parcels.get(waybill) ?? { waybill, phoneTails, scans: [] }
    parcels.set(waybill, parcel)
    return parcel
  }

  function move(waybill: string, state: ParcelState, at = clock()): SimScan {
    const parcel = expect(waybill)
    const place = MOVES.find(([moved]) => moved === state)?.[3] ?? '杭州市'
    const scan = { at, state, place }
    if (state === 'returning' && returnsUnder && !parcel.returnWaybill) {
      parcel.returnWaybill = returnsUnder(waybill)
      expect(parcel.returnWaybill, parcel.phoneTails)
    }
    parcel.scans.push(scan)
    entries.unshift({ at, text: `${waybill} ${state}` })
    entries.length = Math.min(entries.length, LONGEST_LOG)
    for (const listener of listeners) listener(parcel, scan)
    return scan
  }

  return {
    get: waybill => parcels.get(waybill),
    expect,
    move,
    onMove: listener => void listeners.push(listener),
    log: () => entries,
    deeds: MOVES.map(([state, zh, en]) => ({
      id: state,
      name: { zh, en },
      asks: { zh: '运单号', en: 'Waybill' },
      perform(asked) {
        const waybill = asked.trim().toUpperCase()
        if (waybill === '') return '请填运单号 / A waybill is needed'
        move(waybill, state)
        const back = parcels.get(waybill)?.returnWaybill
        return back ? `${waybill}：${zh}（退回单号 ${back}） / ${en}` : `${waybill}：${zh} / ${en}`
      },
    })),
  }
}
