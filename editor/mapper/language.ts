import { queryOptions } from '@tanstack/react-query'
import type { Text } from '../../server/workflow/text.ts'
import { request } from '../api/request.ts'
import { isMapped, type Rules, ruleOf, type TargetKey } from './rules.ts'

export interface Target {
  readonly path: string
  readonly type: string
  readonly name: Text
  readonly need: 'must' | 'should' | 'may'
  readonly coveredBy: readonly string[]
}

export interface Transform {
  readonly use: string
  readonly name: Text
  readonly suits: readonly string[]
  /** `source` needs no value to begin with. */
  readonly reads: string
  /** JSON Schema of its options, with hints. */
  readonly params: unknown
}

export interface MappingLanguage {
  readonly targets: readonly Target[]
  readonly itemTargets: readonly Target[]
  readonly transforms: readonly Transform[]
}

/** What mappings are made of; changes only with the server. */
export const languageQuery = queryOptions({
  queryKey: ['mapping-language'],
  queryFn: ({ signal }) => request<MappingLanguage>('/mappings/language', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

/** A field as one row of the mapper. */
export interface Row {
  readonly key: TargetKey
  readonly target: Target
}

/** Fields of the order and of its entries, keyed as the mapper names them. */
export function rowsOf(language: MappingLanguage): { order: readonly Row[]; entry: readonly Row[] } {
  return {
    order: language.targets.map(target => ({ key: target.path, target })),
    entry: language.itemTargets.map(target => ({ key: `items.${target.path}`, target })),
  }
}

/** The needed fields nothing is mapped to, nor to one that says the same. */
export function missingTargets(rules: Rules, language: MappingLanguage): readonly Row[] {
  const { order, entry } = rowsOf(language)
  const isMissing = ({ key, target }: Row) => {
    if (target.need === 'may' || isMapped(ruleOf(rules, key))) return false
    const base = key.slice(0, key.length - target.path.length)
    return !target.coveredBy.some(other => isMapped(ruleOf(rules, base + other)))
  }
  const missing = order.filter(isMissing)
  return isMapped(ruleOf(rules, 'items')) ? [...missing, ...entry.filter(isMissing)] : missing
}
