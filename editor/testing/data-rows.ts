import { isLosslessNumber } from 'lossless-json'
import type { FieldSpec } from '../../server/workflow/field.ts'
import type { Language } from '../../server/workflow/text.ts'
import { formatValue } from '../../server/workflow/words.ts'
import type { TestStep } from '../api/test-contract.ts'
import type { FieldNames } from './field-names.ts'

/** One value as people read it. `path` tells rows apart: `order.items[0].sku`. */
export interface DataRow {
  readonly path: string
  readonly name: string
  readonly changed: boolean
  /** As it came in; absent where the step made it. */
  readonly was?: string
  /** After the step, where it changed; absent where the step took it away. */
  readonly became?: string
}

interface Leaf {
  readonly path: string
  readonly value: unknown
}

/** The data of a step, what it changed first, then the rest as it came in. */
export function dataRows(
  step: Pick<TestStep, 'input' | 'changes'>,
  names: FieldNames,
  language: Language,
): readonly DataRow[] {
  const changed = new Map<string, { was?: string; became?: string }>()
  const put = (side: 'was' | 'became', path: string, value: unknown) => {
    for (const leaf of leaves(path, value)) {
      const row = changed.get(leaf.path) ?? {}
      row[side] = valueText(leaf, names, language)
      changed.set(leaf.path, row)
    }
  }
  for (const change of step.changes) {
    if (change.before !== undefined) put('was', change.path, change.before)
    if (change.after !== undefined) put('became', change.path, change.after)
  }
  const first = [...changed].map(([path, sides]) => ({
    path,
    name: nameOf(path, names, language),
    changed: true,
    ...sides,
  }))
  const rest = leaves('', step.input ?? {})
    .filter(({ path }) => !changed.has(path))
    .map(leaf => ({
      path: leaf.path,
      name: nameOf(leaf.path, names, language),
      changed: false,
      was: valueText(leaf, names, language),
    }))
  return [...first, ...rest]
}

/** Everything below a value that is shown as one: objects are opened, and lists of objects. */
function leaves(path: string, value: unknown): readonly Leaf[] {
  if (Array.isArray(value) && value.some(isObject))
    return value.flatMap((each, index) => leaves(`${path}[${index}]`, each))
  if (!isObject(value) || Object.keys(value).length === 0) return path === '' ? [] : [{ path, value }]
  return Object.entries(value).flatMap(([key, each]) => leaves(path === '' ? key : `${path}.${key}`, each))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value)
}

/** 商品 1 · 数量; the path where nobody gave it a name. */
function nameOf(path: string, names: FieldNames, language: Language): string {
  const inList = /^(.*?)\[(\d+)\]\.?(.*)$/.exec(path)
  if (!inList) return names.get(path)?.name[language] ?? path
  const [, list = '', index = '0', rest = ''] = inList
  const listName = names.get(list)?.name[language] ?? list
  const entry = entryOf(path, names)?.name[language] ?? rest
  return `${listName} ${Number(index) + 1}${entry ? ` · ${entry}` : ''}`
}

function entryOf(path: string, names: FieldNames): FieldSpec | undefined {
  const [, list = '', rest = ''] = /^(.*?)\[\d+\]\.?(.*)$/.exec(path) ?? []
  return names.get(list)?.entry?.find(field => field.path === rest)
}

function valueText({ path, value }: Leaf, names: FieldNames, language: Language): string {
  if (isLosslessNumber(value)) return value.toString()
  const field = names.get(path) ?? entryOf(path, names)
  // Buyers come masked from the server; masked twice they could not be told apart.
  return formatValue(value, field ? { ...field, personal: false } : {})[language]
}
