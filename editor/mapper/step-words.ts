import type { Text } from '../../server/workflow/text.ts'
import type { Transform } from './language.ts'
import type { Step } from './rules.ts'

/** One option of a transform as its small form asks for it. */
export interface Option {
  readonly name: string
  readonly label: Text
  readonly kind: 'choice' | 'flag' | 'text' | 'template' | 'words' | 'table' | 'cases'
  readonly isOptional: boolean
  /** Values to choose from, in words. */
  readonly choices: readonly { readonly value: string; readonly name: Text }[]
  readonly initial?: unknown
}

interface Schema {
  readonly [key: string]: unknown
}

const NO_WORDS: Text = { zh: '', en: '' }

/** The options of a transform, read from the schema the server sends with it. */
export function optionsOf(transform: Transform): readonly Option[] {
  const schema = asSchema(transform.params)
  const required = Array.isArray(schema.required) ? (schema.required as readonly unknown[]) : []
  return Object.entries(asSchema(schema.properties)).flatMap(([name, value]) => {
    if (name === 'use') return []
    const part = asSchema(value)
    const ui = asSchema(part.ui)
    const words = asSchema(ui.options)
    const choices = (Array.isArray(part.anyOf) ? (part.anyOf as readonly unknown[]) : []).flatMap(each => {
      const constant = asSchema(each).const
      return typeof constant === 'string'
        ? [{ value: constant, name: asText(words[constant], constant) }]
        : []
    })
    return [
      {
        name,
        label: asText(ui, name),
        kind: kindOf(part, ui, choices.length),
        isOptional: !required.includes(name),
        choices,
        ...(part.default === undefined ? {} : { initial: part.default }),
      },
    ]
  })
}

function kindOf(part: Schema, ui: Schema, choices: number): Option['kind'] {
  if (choices > 0) return 'choice'
  if (ui.as === 'template') return 'template'
  if (part.type === 'boolean') return 'flag'
  if (part.type === 'object') return 'table'
  if (part.type === 'array') return asSchema(part.items).type === 'object' ? 'cases' : 'words'
  return 'text'
}

/** A new step of a transform, with what has to be there from the start; what a person must say is left open. */
export function newStep(transform: Transform): Step {
  const open: Record<string, unknown> = {}
  for (const { name, kind, isOptional } of optionsOf(transform)) {
    if (isOptional) continue
    open[name] = kind === 'table' ? {} : kind === 'cases' ? [] : ''
  }
  if (transform.use === 'template') open.template = '{value}'
  return { ...open, use: transform.use }
}

/** What a step does, in as few words as a chip has room for: its name, and what makes it this one. */
export function stepDetail(step: Step, transform: Transform | undefined, language: keyof Text): string {
  if (!transform) return ''
  const parts = optionsOf(transform).flatMap(({ name, kind, choices, label }) => {
    const value = step[name]
    if (value === undefined || value === null || value === '') return []
    if (kind === 'choice') return choices.find(each => each.value === value)?.name[language] ?? String(value)
    if (kind === 'flag') return value === true ? label[language] : []
    if (kind === 'words') return Array.isArray(value) && value.length > 0 ? value.join('/') : []
    if (kind === 'table') return String(Object.keys(asSchema(value)).length)
    if (kind === 'cases') return Array.isArray(value) ? String(value.length) : []
    return String(value)
  })
  return parts.join(' · ')
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {}
}

function asText(value: unknown, otherwise: string): Text {
  const { zh, en } = asSchema(value)
  return typeof zh === 'string' && typeof en === 'string'
    ? { zh, en }
    : otherwise === ''
      ? NO_WORDS
      : { zh: otherwise, en: otherwise }
}

/** A text as a person typed it, of the kind the value was before: a table may hold numbers and truths. */
export function typedValue(text: string, before: unknown): string | number | boolean {
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if (typeof before === 'number' && text.trim() !== '' && String(Number(text)) === text) return Number(text)
  return text
}
