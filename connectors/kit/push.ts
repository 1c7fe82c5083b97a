import type { Wanted } from '../connector.ts'
import type { ParcelReport } from './parcel.ts'

/** A request of a platform to us, as it came. */
export interface PushRequest {
  readonly method: 'GET' | 'POST'
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface PushReply {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** What a push says, and how the platform wants it answered. */
export interface PushAnswer {
  readonly reply: PushReply
  /** What is to be read again: pushes are hints, since they repeat and come out of order. */
  readonly wanted?: readonly Wanted[]
  /** Whole orders, where the push carries them. */
  readonly documents?: readonly unknown[]
  readonly parcels?: readonly ParcelReport[]
  /** Why it was refused: counted and shown on the connection. */
  readonly refused?: string
}
