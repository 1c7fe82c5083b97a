import type { ParcelState, RouteNode } from '../../connectors/kit/parcel.ts'
import type { ParcelLeg } from '../workflow/parcel-words.ts'
import { defineSchema, Mixed } from './define-schema.ts'

/** One parcel of one carrier, and what the carrier says of it. */
export interface ParcelDoc {
  /** `<carrier>:<waybill>` */
  _id: string
  workspace: string
  /** One of CARRIERS, or the platform's own code. */
  carrier: string
  waybill: string
  /** The orders in it, by key; several where they were packed together. */
  orders: string[]
  leg: ParcelLeg
  /** Last four digits of the receiver's phone. */
  phoneTail?: string
  /** The carrier connection that was asked last. */
  connection?: string
  state: ParcelState
  /** Oldest first; the newest 50. */
  nodes: RouteNode[]
  /** Time of the newest node; of when we came to know of it while there is none. */
  lastMovedAt: Date
  nextAskAt?: Date
  /** When the carrier last told of it, or had nothing to tell. */
  askedAt?: Date
  /** Nothing more is asked: it arrived, or nothing was heard of it for too long. */
  doneAt?: Date
  /** Why the carrier tells nothing of it. */
  refused?: string
  /** The parcel that brings it back. */
  returnParcel?: string
  /** The parcel this one brings back. */
  original?: string
  /** Workflows that were told that it stands still where it is. */
  stallTold: string[]
  /** Grows with every change of what is known, so that no change overwrites another. */
  rev: number
  createdAt: Date
  updatedAt: Date
}

export const parcelSchema = defineSchema<ParcelDoc>('parcels', {
  _id: String,
  workspace: String,
  carrier: String,
  waybill: String,
  orders: [String],
  leg: String,
  phoneTail: String,
  connection: String,
  state: String,
  nodes: [Mixed],
  lastMovedAt: Date,
  nextAskAt: Date,
  askedAt: Date,
  doneAt: Date,
  refused: String,
  returnParcel: String,
  original: String,
  stallTold: [String],
  rev: Number,
  createdAt: Date,
  updatedAt: Date,
})
parcelSchema.index({ orders: 1 })
parcelSchema.index({ waybill: 1 })
parcelSchema.index({ lastMovedAt: -1 })
// What is done is asked about no more: among all parcels those on their way are few.
parcelSchema.index(
  { nextAskAt: 1 },
  { partialFilterExpression: { nextAskAt: { $exists: true } }, name: 'to ask' },
)
