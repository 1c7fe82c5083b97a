import type { FieldSpec } from './field.ts'
import { explainCondition } from './logic/explain.ts'
import type { NodeManifest } from './node-definition.ts'
import { orderFields } from './order-fields.ts'
import { isRecord, type ParamPart, paramParts, type SchemaPart, uiKind } from './param-parts.ts'
import { fill, type Language, type Text } from './text.ts'
import { formatDuration, formatMoney, formatValue, inBoth, same } from './words.ts'
import type { WorkflowNode } from './workflow.ts'

const MINUTE_MS = 60_000

/**
 * The sentence on a node's card: the title of its type with the holes filled from the params in words.
 * A hole may name a part of a param, `{window.minutes}`, or several of which the first that is given is told,
 * `{label|outcome}`.
 *
 * @param fields names for the field paths and conditions among the params
 */
export function nodeSentence(
  { params }: Pick<WorkflowNode, 'params'>,
  { title, params: schema }: Pick<NodeManifest, 'title' | 'params'>,
  fields: readonly FieldSpec[] = orderFields,
): Text {
  const holes = [...`${title.zh}${title.en}`.matchAll(/\{([\w.|]+)\}/g)].map(([, hole = '']) => hole)
  const named = new Set(holes.flatMap(hole => hole.split('|')))
  const words = new Map<string, Text>()
  for (const part of paramParts(schema, withDefaults(schema as SchemaPart, params))) {
    const hole = part.path.replaceAll('/', '.')
    // Alternatives come after the whole they belong to and say more only where they have a hint of their own.
    const isTold = words.has(hole) && part.schema.ui === undefined
    if (named.has(hole) && !isTold) words.set(hole, partWords(part, fields))
  }
  const told = (hole: string): Text | undefined =>
    hole
      .split('|')
      .map(part => words.get(part))
      .find(text => text !== undefined && text.zh !== '')
  return inBoth(language =>
    fill(title[language], Object.fromEntries(holes.map(hole => [hole, told(hole)?.[language]]))),
  )
}

/** Params left out mean their defaults, so the sentence says these. */
function withDefaults({ properties }: SchemaPart, params: SchemaPart): SchemaPart {
  const defaults = Object.entries(isRecord(properties) ? properties : {}).flatMap(([name, part]) =>
    isRecord(part) && part.default !== undefined ? [[name, part.default] as const] : [],
  )
  return { ...Object.fromEntries(defaults), ...params }
}

/** One param in words, as its schema says it is to be read: a condition, an amount, a named choice. */
export function partWords({ path, schema, value }: ParamPart, fields: readonly FieldSpec[]): Text {
  const name = path.split('/').at(-1) ?? ''
  const kind = uiKind(schema) ?? kindByName(name)
  if (kind === 'condition') return explainCondition(value, fields)
  if (kind === 'template' && typeof value === 'string') return templateWords(value, fields)
  if (kind === 'money' && typeof value === 'number') return same(formatMoney(value))
  if (kind === 'duration' && typeof value === 'number') return formatDuration(value)
  const unit = unitOf(schema)
  // 4320 minutes say nothing to anybody: from an hour on they are told in days and hours.
  if (typeof value === 'number' && unit?.en === 'min' && value >= 60) return formatDuration(value * MINUTE_MS)
  if (typeof value === 'number' && unit) return formatValue(value, { unit })
  if (kind === 'instant') return formatValue(value, { type: 'instant' })
  return plainWords(value, schema, fields)
}

/** Amounts and durations tell by the end of their name what they count. */
function kindByName(name: string): 'money' | 'duration' | undefined {
  if (name.endsWith('Fen')) return 'money'
  return name.endsWith('Ms') ? 'duration' : undefined
}

function plainWords(value: unknown, schema: SchemaPart, fields: readonly FieldSpec[]): Text {
  if (Array.isArray(value)) return listWords(value, schema, fields)
  if (typeof value !== 'string') return isRecord(value) ? same('…') : formatValue(value)
  return optionName(value, schema) ?? fields.find(({ path }) => path === value)?.name ?? formatValue(value)
}

/** A text with holes, each told by the name of its field: `缺货【订单号】`. */
function templateWords(template: string, fields: readonly FieldSpec[]): Text {
  const told = (language: Language, [before, after]: readonly [string, string]) =>
    template.replace(/\{([^{}]*)\}/g, (hole, path: string) => {
      const field = fields.find(each => each.path === path.trim())
      return field ? `${before}${field.name[language]}${after}` : hole
    })
  return { zh: told('zh', ['【', '】']), en: told('en', ['[', ']']) }
}

/** A list of values is told out; of a list of groups, such as the rows of a table, only how many there are. */
function listWords(values: readonly unknown[], schema: SchemaPart, fields: readonly FieldSpec[]): Text {
  if (values.some(isRecord)) return same(`${values.length}`)
  const items = isRecord(schema.items) ? schema.items : {}
  const words = values.map(value => plainWords(value, items, fields))
  return { zh: formatValue(words.map(({ zh }) => zh)).zh, en: formatValue(words.map(({ en }) => en)).en }
}

function optionName(value: string, { ui }: SchemaPart): Text | undefined {
  const options = isRecord(ui) && isRecord(ui.options) ? ui.options : {}
  return Object.hasOwn(options, value) ? asText(options[value]) : undefined
}

function unitOf({ ui }: SchemaPart): Text | undefined {
  return isRecord(ui) ? asText(ui.unit) : undefined
}

function asText(value: unknown): Text | undefined {
  const isText = isRecord(value) && typeof value.zh === 'string' && typeof value.en === 'string'
  return isText ? { zh: value.zh as string, en: value.en as string } : undefined
}
