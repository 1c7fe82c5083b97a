import type { Text } from '../../server/workflow/text.ts'
import {
  type FieldRule,
  ITEMS,
  isEntry,
  isMapped,
  type Rules,
  ruleOf,
  type Step,
  type TargetKey,
  withItemList,
  withRule,
} from './rules.ts'

/** A way to fill one field that the server thinks likely. */
export interface Suggestion {
  readonly to: TargetKey
  readonly field: FieldRule
  readonly confidence: number
  readonly reason: Text
}

/** What values of a place ask for when they are put somewhere by hand. */
export interface Look {
  readonly date?: Step
  readonly unit?: 'yuan' | 'fen'
}

export interface SuggestionAnswer {
  readonly suggestions: readonly Suggestion[]
  readonly looks: Readonly<Record<string, Look>>
  /** Set where each document holds a list of orders: where the list stands. */
  readonly orders?: string
}

/** Below this a suggestion is shown but not taken with all others. */
const SURE = 0.5

/** Suggestions for fields nothing is mapped to. Those of entries count only for the list they were made for. */
export function openSuggestions(rules: Rules, suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const each = ruleOf(rules, ITEMS)?.each
  const list = suggestions.find(({ to }) => to === ITEMS)?.field.each
  return suggestions.filter(({ to }) => {
    if (isMapped(ruleOf(rules, to))) return false
    if (isEntry(to)) return each === undefined || each === list
    // An address is either one line or its parts.
    if (to === 'address') return !isMapped(ruleOf(rules, 'address.detail'))
    return !to.startsWith('address.') || !isMapped(ruleOf(rules, 'address'))
  })
}

export function sureOnes(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  return suggestions.filter(({ confidence }) => confidence >= SURE)
}

/** The rules with suggestions taken over as they are; for one of an entry the list it belongs to as well. */
export function withSuggestions(
  rules: Rules,
  taken: readonly Suggestion[],
  all: readonly Suggestion[],
): Rules {
  let next = rules
  const list = all.find(({ to }) => to === ITEMS)?.field.each
  if (
    taken.some(({ to }) => to === ITEMS || isEntry(to)) &&
    !isMapped(ruleOf(next, ITEMS)) &&
    list !== undefined
  )
    next = withRule(withItemList(next, list), ITEMS, rule => ({ ...rule, required: true }))
  for (const { to, field } of taken) if (to !== ITEMS) next = withRule(next, to, () => field)
  return next
}

/** The steps a source needs to become a value of the target's type. */
export function usualSteps(target: { path: string; type: string }, look: Look | undefined): readonly Step[] {
  if (target.path === 'phone') return [{ use: 'phone' }]
  if (target.type === 'address') return [{ use: 'splitAddress' }]
  if (target.type === 'boolean') return [{ use: 'boolean' }]
  if (target.type === 'money') return look?.unit === 'fen' ? [] : [{ use: 'yuan' }]
  if (target.type === 'instant') return [look?.date ?? { use: 'date' }]
  return target.type === 'text' ? [{ use: 'trim' }] : []
}
