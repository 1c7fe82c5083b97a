/** Where a parcel is, the same words for every carrier. */
export const PARCEL_STATES = [
  'waiting',
  'collected',
  'in-transit',
  'out-for-delivery',
  'signed',
  'returning',
  'returned',
  'exception',
] as const
export type ParcelState = (typeof PARCEL_STATES)[number]

/** One scan of a parcel. */
export interface RouteNode {
  readonly at: Date
  readonly state: ParcelState
  /** The carrier's own sentence. */
  readonly text: string
  readonly place?: string
  /** The carrier's own code: `80`, `301`. */
  readonly code: string
}

/** A parcel a carrier is asked about. */
export interface TrackedParcel {
  /** One of CARRIERS, or a carrier's own code. */
  readonly carrier: string
  readonly waybill: string
  /** Last four digits of the receiver's phone, where a carrier demands them. */
  readonly phoneTail?: string
  /** It was never asked about before: carriers that push have to be told of it. */
  readonly isNew?: boolean
}

/** What a carrier says of a parcel. Nodes may repeat those said before; oldest first where several share a second. */
export interface ParcelReport {
  readonly carrier: string
  readonly waybill: string
  readonly nodes: readonly RouteNode[]
  /** Why the carrier tells nothing of it, in its own words: the digits of the phone do not match. */
  readonly refused?: string
  /** The parcel that carries it back, where it was returned under another number. */
  readonly returnWaybill?: string
}
