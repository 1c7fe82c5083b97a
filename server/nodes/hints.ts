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
  /** Asked for only while another param of the same object has this value. */
  readonly when?: { readonly param: string; readonly is: string | boolean }
}

/** Spread into a param's schema: `Type.Integer({ ...hint('天数', 'Days'), minimum: 0 })`. */
export function hint(zh: string, en: string, more: Omit<Hint, 'zh' | 'en'> = {}) {
  return { title: zh, ui: { zh, en, ...more } satisfies Hint }
}
