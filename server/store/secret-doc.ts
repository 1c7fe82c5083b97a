import { defineSchema } from './define-schema.ts'

/** What authorises one connection, sealed: never in any view, export or log. */
export interface SecretDoc {
  /** The connection. */
  _id: string
  workspace: string
  /** Sealed JSON of its credentials. */
  credentials?: string
  /** Sealed JSON of its access token. */
  token?: string
  /** Who gets the next token now, and until when that is believed. */
  renewer?: string
  renewingUntil?: Date
  changedAt: Date
}

export const secretSchema = defineSchema<SecretDoc>('secrets', {
  _id: String,
  workspace: String,
  credentials: String,
  token: String,
  renewer: String,
  renewingUntil: Date,
  changedAt: Date,
})
