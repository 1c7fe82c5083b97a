import type { Language } from '../text.ts'
import { formatValue, type ValueStyle } from '../words.ts'
import { constantPath, type FieldScope, findField, listField, scopeInLoop } from './field-scope.ts'
import { operationOf } from './operation.ts'
import { operators } from './operators.ts'

/** What a sentence is made in: its language, the fields in sight, and what they held. */
export interface ExplainContext {
  readonly language: Language
  readonly scope: FieldScope
  /** What the fields held when the condition was worked out; empty inside loops. */
  readonly values: Readonly<Record<string, unknown>>
}

export function say({ language }: ExplainContext, zh: string, en: string): string {
  return language === 'zh' ? zh : en
}

/** The name of the field at a path; the path itself where nobody has named it. */
export function pathName(path: string, context: ExplainContext): string {
  const { language, scope } = context
  const field = findField(path, scope)?.field
  if (path === 'accumulator' && field?.open) return say(context, '累计', 'the total so far')
  if (field) return field.name[language]
  if (path === '') return say(context, '该项', 'the entry')
  const whole = path.endsWith('.length')
    ? findField(path.slice(0, -'.length'.length), scope)?.field
    : undefined
  if (whole?.type === 'list') return say(context, `${whole.name.zh}项数`, `number of ${whole.name.en}`)
  if (whole?.type === 'string') return say(context, `${whole.name.zh}字数`, `length of ${whole.name.en}`)
  return path
}

/** What a field held; undefined where that is not known. */
export function heldValue(rule: unknown, { values }: ExplainContext): unknown {
  const path = constantPath(rule)
  return path !== undefined && Object.hasOwn(values, path) ? values[path] : undefined
}

/** （实际 …）: what a field really held, where the sentence does not say so already. */
export function actually(rule: unknown, expected: unknown, context: ExplainContext): string {
  const value = heldValue(rule, context)
  if (value === undefined || value === expected) return ''
  const words = formatValue(value, styleOf(rule, context.scope))[context.language]
  return say(context, `（实际 ${words}）`, ` (actually ${words})`)
}

/** How a part's values are shown: the style of the field it reads, also through sums of it. */
export function styleOf(rule: unknown, scope: FieldScope): ValueStyle | undefined {
  const path = constantPath(rule)
  if (path !== undefined) {
    const found = findField(path, scope)
    return found?.field ?? (found && found.type !== 'any' ? { type: found.type } : undefined)
  }
  const operation = operationOf(rule)
  if (!operation) return undefined
  const { name, args } = operation
  if (name === 'instant') return { type: 'instant' }
  const shown = operators.get(name)?.shown
  if (shown) return { type: 'number', shown }
  if (name === 'filter') return listField(rule, scope)
  if (name === 'reduce') return styleOf(addendOf(args), scopeInLoop(name, args[0], scope))
  if (!KEEPS_STYLE.has(name)) return undefined
  return args.map(arg => styleOf(arg, scope)).find(style => style !== undefined)
}

const KEEPS_STYLE: ReadonlySet<string> = new Set(['+', '-', 'min', 'max'])

/** What a `reduce` adds up, where adding up is all it does; undefined otherwise. */
export function addendOf([, body]: readonly unknown[]): unknown {
  const operation = operationOf(body)
  if (operation?.name !== '+' || operation.args.length !== 2) return undefined
  const [a, b] = operation.args
  if (constantPath(a) === 'accumulator') return b
  return constantPath(b) === 'accumulator' ? a : undefined
}
