import type { FieldSpec } from '../field.ts'
import type { Text } from '../text.ts'
import { formatValue } from '../words.ts'

/** An order as far as a table looks at it: path → value. */
export type ExampleValues = ReadonlyMap<string, unknown>

/** An order that shows something about a table. */
export interface Example {
  /** All that the rows read: with these the conditions come out as told. */
  readonly values: ExampleValues
  /** Paths of the fields it is about; the others are only there to be complete. */
  readonly about: readonly string[]
}

/** The run's data of an example. Where one path leads through another, the longer one is left out. */
export function exampleData(values: ExampleValues): Readonly<Record<string, unknown>> {
  const data: Record<string, unknown> = {}
  for (const [path, value] of values) {
    const keys = path.split('.')
    const last = keys.pop()!
    let inside: Record<string, unknown> | undefined = data
    for (const key of keys) {
      const next: unknown = Object.hasOwn(inside, key) ? inside[key] : {}
      if (typeof next !== 'object' || next === null || Array.isArray(next)) {
        inside = undefined
        break
      }
      inside = inside[key] = next as Record<string, unknown>
    }
    if (inside) inside[last] = value
  }
  return data
}

/** 本仓可用 1 件、需要 2 件、急单 否 */
export function exampleWords({ values, about }: Example, fields: readonly FieldSpec[]): Text {
  return valueWords(
    [...values].filter(([path]) => about.includes(path)),
    fields,
  )
}

function valueWords(
  values: readonly (readonly [path: string, value: unknown])[],
  fields: readonly FieldSpec[],
): Text {
  const told = values.map(([path, value]) => {
    const field = fields.find(each => each.path === path)
    // Made up for the example, so there is nobody to hide.
    const words = Array.isArray(value)
      ? listWords(value, field)
      : formatValue(value, { ...field, personal: false })
    return { name: field?.name ?? { zh: path, en: path }, words }
  })
  return {
    zh: [...new Set(told.map(({ name, words }) => `${name.zh} ${words.zh}`))].join('、'),
    en: [...new Set(told.map(({ name, words }) => `${name.en} ${words.en}`))].join(', '),
  }
}

/** The entries of a list by their fields: （商品编码 MILK-1、数量 2 件）. */
function listWords(entries: readonly unknown[], field: FieldSpec | undefined): Text {
  const { entry } = field ?? {}
  if (!entry || entries.length === 0) return formatValue(entries, { ...field, personal: false })
  const told = entries.map(each =>
    valueWords(Object.entries(each as Readonly<Record<string, unknown>>), entry),
  )
  return { zh: told.map(({ zh }) => `（${zh}）`).join(''), en: told.map(({ en }) => `(${en})`).join(' ') }
}
