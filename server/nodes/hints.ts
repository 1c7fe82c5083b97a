import type { Text } from '../workflow/text.ts'

/** What the editor needs beside the schema of a param: its name in both languages and how to ask for it. */
export interface Hint extends Text {
  /** Kind of control where the JSON type does not say it. */
  readonly as?:
    | 'condition'
    | 'field'
    | 'template'
    | 'mapping'
    | 'warehouse'
    | 'connection'
    | 'multiline'
    | 'schema'
    | 'decision-table'
    | 'duration'
    | 'money'
    /** An id that the editor makes up and never shows. */
    | 'port'
  /** Names of the values of a choice. */
  readonly options?: Readonly<Record<string, Text>>
  readonly unit?: Text
  /** The options are what is usual; other values may be typed. */
  readonly open?: true
  /**
   * Asked for only while another param has this value, or one of these. The other one stands in the same object,
   * or for entries of a list beside the list.
   */
  readonly when?: { readonly param: string; readonly is: string | boolean | readonly string[] }
  /** Of a field: its path is told from here on, `phone` rather than `order.phone`, `items[].sku` for its items. */
  readonly among?: 'order'
  /** The param beside it that names the field this value is for: an amount is asked for as an amount. */
  readonly suits?: string
  /** Of a connection: only those of this connector are offered. */
  readonly connector?: string
  /** Of a connection: only those whose connector can do this are offered. */
  readonly does?: 'ship' | 'stock' | 'purchase' | 'message' | 'reverse'
  /** Typed like a password and never shown again. */
  readonly secret?: true
  /** Asked for only on demand: what it is by default suits nearly everybody. */
  readonly advanced?: true
}

/** Spread into a param's schema: `Type.Integer({ ...hint('天数', 'Days'), minimum: 0 })`. */
export function hint(zh: string, en: string, more: Omit<Hint, 'zh' | 'en'> = {}) {
  return { title: zh, ui: { zh, en, ...more } satisfies Hint }
}
