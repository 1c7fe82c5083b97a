import { isRecord, type SchemaPart, uiKind } from '../../server/workflow/param-parts.ts'
import type { Text } from '../../server/workflow/text.ts'

/** How a param is asked for. */
export type Control =
  | 'boolean'
  | 'choice'
  | 'choices'
  | 'condition'
  | 'connection'
  | 'connections'
  | 'decision-table'
  | 'duration'
  | 'field'
  | 'fixed'
  | 'json'
  | 'list'
  | 'mapping'
  | 'money'
  | 'multiline'
  | 'number'
  | 'object'
  | 'port'
  | 'record'
  | 'scalar'
  | 'template'
  | 'text'
  | 'texts'
  | 'warehouse'

/** The hints beside a schema, as the server's node types give them. */
interface Hints {
  readonly name: Text | undefined
  readonly unit: Text | undefined
  readonly options: readonly { readonly value: string; readonly name: Text }[] | undefined
  /** The options are what is usual; others may be typed. */
  readonly isOpen: boolean
  readonly when: { readonly param: string; readonly is: readonly unknown[] } | undefined
  /** Paths of fields are told from here on. */
  readonly among: string | undefined
  /** The param beside it that names the field this value is for. */
  readonly suits: string | undefined
  readonly connector: string | undefined
  /** What the connector of a connection must be able to do. */
  readonly does: string | undefined
}

const MULTILINE = 300
const NAMED: ReadonlySet<string> = new Set([
  'condition',
  'decision-table',
  'duration',
  'field',
  'mapping',
  'money',
  'multiline',
  'port',
  'warehouse',
])

/** The control of a param, from its schema, its hints and, for amounts and durations, the end of its name. */
export function controlOf(name: string, schema: SchemaPart): Control {
  const kind = uiKind(schema)
  const isList = schema.type === 'array'
  if (kind === 'connection') return isList ? 'connections' : 'connection'
  if (kind === 'schema') return 'json'
  if (isRecord(schema.patternProperties)) return 'record'
  if (kind === 'template') return 'template'
  if (kind && NAMED.has(kind)) return kind as Control
  if (schema.const !== undefined) return 'fixed'
  if (isList) return listControl(schema)
  if (choicesOf(schema)) return 'choice'
  if (Array.isArray(schema.anyOf)) return 'scalar'
  switch (schema.type) {
    case 'boolean':
      return 'boolean'
    case 'integer':
    case 'number':
      return hintsOf(schema).suits === undefined ? numberControl(name, schema) : 'scalar'
    case 'string':
      return typeof schema.maxLength === 'number' && schema.maxLength > MULTILINE ? 'multiline' : 'text'
    case 'object':
      return isRecord(schema.properties) ? 'object' : 'json'
    default:
      return 'json'
  }
}

function listControl({ items }: SchemaPart): Control {
  if (!isRecord(items)) return 'json'
  if (choicesOf(items)) return 'choices'
  return items.type === 'object' ? 'list' : 'texts'
}

function numberControl(name: string, schema: SchemaPart): Control {
  if (name.endsWith('Fen')) return 'money'
  const isDuration = name.endsWith('Ms') || name.endsWith('Minutes') || hintsOf(schema).unit?.en === 'min'
  return isDuration ? 'duration' : 'number'
}

/** What a duration is kept in. */
export function durationBase(name: string, schema: SchemaPart): 'ms' | 'minute' {
  return name.endsWith('Minutes') || hintsOf(schema).unit?.en === 'min' ? 'minute' : 'ms'
}

export function hintsOf(schema: SchemaPart): Hints {
  const ui: SchemaPart = isRecord(schema.ui) ? schema.ui : {}
  const { when } = ui
  return {
    name: asText(ui),
    unit: asText(ui.unit),
    options: choicesOf(schema),
    isOpen: ui.open === true,
    when:
      isRecord(when) && typeof when.param === 'string'
        ? { param: when.param, is: Array.isArray(when.is) ? when.is : [when.is] }
        : undefined,
    among: typeof ui.among === 'string' ? ui.among : undefined,
    suits: typeof ui.suits === 'string' ? ui.suits : undefined,
    connector: typeof ui.connector === 'string' ? ui.connector : undefined,
    does: typeof ui.does === 'string' ? ui.does : undefined,
  }
}

/** The values of a choice with their names: of literals, or of a text with named options. */
export function choicesOf(schema: SchemaPart): Hints['options'] {
  const names = isRecord(schema.ui) && isRecord(schema.ui.options) ? schema.ui.options : {}
  const literals = Array.isArray(schema.anyOf)
    ? schema.anyOf.map(each => (isRecord(each) && typeof each.const === 'string' ? each.const : undefined))
    : undefined
  const isChoice = literals?.every(each => each !== undefined)
  const values = isChoice ? literals : literals === undefined ? Object.keys(names) : []
  if (!values || values.length === 0) return undefined
  return values.flatMap(value =>
    value === undefined ? [] : [{ value, name: asText(names[value]) ?? { zh: value, en: value } }],
  )
}

/** The params of an object in the order they are declared in. */
export function propertiesOf(
  schema: SchemaPart,
): readonly { readonly name: string; readonly schema: SchemaPart; readonly isRequired: boolean }[] {
  const properties = isRecord(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? (schema.required as readonly unknown[]) : []
  return Object.entries(properties).flatMap(([name, part]) =>
    isRecord(part) ? [{ name, schema: part, isRequired: required.includes(name) }] : [],
  )
}

function asText(value: unknown): Text | undefined {
  const isText = isRecord(value) && typeof value.zh === 'string' && typeof value.en === 'string'
  return isText ? { zh: value.zh as string, en: value.en as string } : undefined
}
