import { isRecord, paramName, type SchemaPart } from '../../../server/workflow/param-parts.ts'
import type { Problem } from '../../../server/workflow/problem.ts'
import { same } from '../../../server/workflow/words.ts'
import { RequestFailure } from '../../api/request.ts'
import { isAsked } from '../../forms/asked.ts'
import { propertiesOf } from '../../forms/schema.ts'
import type { WordsInUse } from '../../i18n/use-words.ts'
import { inLanguage } from '../../parts/failure-text.ts'

export type Values = Readonly<Record<string, unknown>>

/**
 * What of a form is missing or cannot be right, each told at its field before the server is asked.
 * @param kept names of fields that may stay empty, because what was given before is kept
 */
export function formProblems(
  schema: SchemaPart | undefined,
  values: Values,
  kept: Values,
  { t, say }: Pick<WordsInUse, 't' | 'say'>,
): readonly Problem[] {
  if (!schema) return []
  return propertiesOf(schema).flatMap(({ name, schema: part, isRequired }): Problem[] => {
    const field = say(paramName(part)) || name
    const value = values[name]
    const wrong = (code: string, words: string): Problem[] => [
      { code, severity: 'error', message: same(words), param: name },
    ]
    if (value === undefined || value === '') {
      const mayBeEmpty = !isRequired || part.default !== undefined || kept[name] !== undefined
      if (mayBeEmpty || !isAsked(part, schema, values)) return []
      return wrong('MISSING', t('connections.fieldMissing', { field }))
    }
    if (typeof value === 'string') {
      const fault = textFault(part, value)
      return fault ? wrong('MALFORMED', t(fault, { field, n: Number(part.maxLength) })) : []
    }
    if (typeof value !== 'number') return []
    if (typeof part.minimum === 'number' && value < part.minimum)
      return wrong('TOO_SMALL', t('connections.fieldTooSmall', { field, n: part.minimum }))
    if (typeof part.maximum === 'number' && value > part.maximum)
      return wrong('TOO_LARGE', t('connections.fieldTooLarge', { field, n: part.maximum }))
    return []
  })
}

function textFault({ maxLength, pattern }: SchemaPart, value: string) {
  if (typeof maxLength === 'number' && value.length > maxLength) return 'connections.fieldTooLong' as const
  if (typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value)) return undefined
  if (pattern.startsWith('^http')) return 'connections.fieldNoAddress' as const
  return /\s/.test(value) ? ('connections.fieldHasSpace' as const) : ('connections.fieldMalformed' as const)
}

/** What was typed without the blanks that come along when a key is copied; fields left empty are left out. */
export function trimmed(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const clean = typeof value === 'string' ? value.trim() : value
      return clean === '' || clean === undefined ? [] : [[name, clean]]
    }),
  )
}

/** The problems that are left after a change: what was typed anew is judged when it is saved. */
export function stillWrong(problems: readonly Problem[], before: Values, after: Values): readonly Problem[] {
  return problems.filter(({ param = '' }) => {
    const [name = ''] = param.split('/')
    return before[name] === after[name]
  })
}

export type FormPart = 'credentials' | 'settings'

/** What the server refused, by the part of the form it is about; empty where it named no field. */
export function refusedFields(failure: unknown, { language }: Pick<WordsInUse, 'language'>) {
  const found: Record<FormPart, Problem[]> = { credentials: [], settings: [] }
  if (!(failure instanceof RequestFailure) || !Array.isArray(failure.details)) return found
  for (const detail of failure.details as readonly unknown[]) {
    if (!isRecord(detail) || typeof detail.field !== 'string') continue
    const [, part, param] = /^\/?(credentials|settings)[/.](.+)$/.exec(detail.field) ?? []
    if (part === undefined || param === undefined) continue
    const zh = typeof detail.message === 'string' ? detail.message : detail.field
    const en = typeof detail.messageEn === 'string' ? detail.messageEn : inLanguage(zh, 'en')
    found[part as FormPart].push({
      code: typeof detail.code === 'string' ? detail.code : 'REFUSED',
      severity: 'error',
      message: same(language === 'zh' ? inLanguage(zh, 'zh') : en),
      param: param.replaceAll('.', '/'),
    })
  }
  return found
}
