import { queryOptions } from '@tanstack/react-query'
import type { ParcelLeg, parcelStates } from '../../server/workflow/parcel-words.ts'
import type { Text } from '../../server/workflow/text.ts'
import type { Page } from '../api/contract.ts'
import { query, request } from '../api/request.ts'
import type { Instant } from '../format/time.ts'

export type ParcelState = keyof typeof parcelStates

/** A parcel as its carrier tells of it. */
export interface Parcel {
  readonly id: string
  readonly carrier: string
  readonly carrierName: Text
  readonly waybill: string
  readonly leg: ParcelLeg
  readonly state: ParcelState
  readonly lastMovedAt: Instant
  /** Absent while nobody was asked. */
  readonly askedAt?: Instant
  readonly refused?: string
}

export interface ParcelDetail extends Parcel {
  /** Newest first. */
  readonly nodes: readonly {
    readonly at: Instant
    readonly state: ParcelState
    readonly text: string
    readonly place: string
  }[]
}

export const parcelsQuery = (order: string) =>
  queryOptions({
    queryKey: ['parcels', 'of', order],
    queryFn: ({ signal }) => request<Page<Parcel>>(`/parcels${query({ order, limit: 20 })}`, { signal }),
  })

export const parcelQuery = (id: string) =>
  queryOptions({
    queryKey: ['parcels', 'one', id],
    queryFn: ({ signal }) => request<ParcelDetail>(`/parcels/${encodeURIComponent(id)}`, { signal }),
  })
