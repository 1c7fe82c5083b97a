import type { Text } from '../../server/workflow/text.ts'
import { RequestFailure } from '../api/request.ts'

/** One reason why a draft or a document could not be tried, with the node it is about. */
export interface Hindrance {
  readonly message: Text
  readonly node?: string
}

/** The reasons a refusal names: faults of the draft, or of the fields of the document. */
export function hindrancesOf(failure: unknown): readonly Hindrance[] {
  if (!(failure instanceof RequestFailure)) return []
  const problems = (failure.details as { problems?: unknown } | undefined)?.problems
  return Array.isArray(problems) ? problems.flatMap(hindrance) : []
}

function hindrance(problem: unknown): readonly Hindrance[] {
  if (typeof problem !== 'object' || problem === null) return []
  const { message, messageEn, node } = problem as Readonly<Record<string, unknown>>
  const at = typeof node === 'string' ? { node } : {}
  if (typeof message === 'string')
    return [{ message: { zh: message, en: typeof messageEn === 'string' ? messageEn : message }, ...at }]
  const { zh, en } = (message ?? {}) as Partial<Record<keyof Text, unknown>>
  return typeof zh === 'string' && typeof en === 'string' ? [{ message: { zh, en }, ...at }] : []
}
