import type { TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { Text } from './text.ts'
import { same } from './words.ts'

/** A part of a node's params together with the part of the schema that describes it. */
export interface ParamPart {
  /** `rows/0/when`; empty for the params as a whole. */
  readonly path: string
  readonly schema: SchemaPart
  readonly value: unknown
}

/** A JSON Schema as plain data: what a reader of UI hints sees of it. */
export type SchemaPart = Readonly<Record<string, unknown>>

/** Every part of a value its schema speaks of, outermost first. Of alternatives, those the value fits. */
export function paramParts(schema: TSchema, value: unknown): readonly ParamPart[] {
  const parts: ParamPart[] = []
  collect(schema as SchemaPart, value, '', parts)
  return parts
}

/** The parts of the params that are conditions: those whose schema says `ui: 'condition'`. */
export function conditionsIn(schema: TSchema, params: unknown): readonly ParamPart[] {
  return paramParts(schema, params).filter(
    part => uiKind(part.schema) === 'condition' && part.value !== undefined,
  )
}

/** What kind of control the schema asks for: `condition`, `money`, `field`, …; undefined where it does not say. */
export function uiKind(schema: SchemaPart): string | undefined {
  const { ui } = schema
  if (typeof ui === 'string') return ui
  return isRecord(ui) && typeof ui.as === 'string' ? ui.as : undefined
}

/** The name of a param in words: from its hint, else its title; undefined where it has neither. */
export function paramName(schema: SchemaPart): Text | undefined {
  const { ui, title } = schema
  if (isText(ui)) return { zh: ui.zh, en: ui.en }
  return typeof title === 'string' ? same(title) : undefined
}

function collect(schema: SchemaPart, value: unknown, path: string, parts: ParamPart[]): void {
  parts.push({ path, schema, value })
  for (const branch of branches(schema, value)) collect(branch, value, path, parts)
  if (Array.isArray(value) && isRecord(schema.items)) {
    for (const [index, entry] of value.entries())
      collect(schema.items, entry, inside(path, `${index}`), parts)
  }
  if (!isRecord(value)) return
  for (const key of Object.keys(value)) {
    const part = propertySchema(schema, key)
    if (part) collect(part, value[key], inside(path, key), parts)
  }
}

function branches(schema: SchemaPart, value: unknown): readonly SchemaPart[] {
  const alternatives = [schema.anyOf, schema.oneOf].flatMap(list => (Array.isArray(list) ? list : []))
  const fitting = alternatives.filter(branch => isRecord(branch) && Check(branch as TSchema, value))
  const all = Array.isArray(schema.allOf) ? schema.allOf.filter(isRecord) : []
  return [...fitting, ...all]
}

function propertySchema(schema: SchemaPart, key: string): SchemaPart | undefined {
  const { properties, patternProperties, additionalProperties } = schema
  if (isRecord(properties) && Object.hasOwn(properties, key)) {
    return isRecord(properties[key]) ? properties[key] : undefined
  }
  if (isRecord(patternProperties)) {
    const pattern = Object.keys(patternProperties).find(each => new RegExp(each, 'u').test(key))
    if (pattern !== undefined && isRecord(patternProperties[pattern])) return patternProperties[pattern]
  }
  return isRecord(additionalProperties) ? additionalProperties : undefined
}

function inside(path: string, key: string): string {
  return path === '' ? key : `${path}/${key}`
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is Text {
  return isRecord(value) && typeof value.zh === 'string' && typeof value.en === 'string'
}
