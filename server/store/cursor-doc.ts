import { defineSchema } from './define-schema.ts'

/** How far one stream of one connection was read. */
export interface CursorDoc {
  /** `<connection>/<stream>` */
  _id: string
  workspace: string
  connection: string
  at: Date
}

export const cursorSchema = defineSchema<CursorDoc>('cursors', {
  _id: String,
  workspace: String,
  connection: String,
  at: Date,
})
