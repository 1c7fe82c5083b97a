import { createContext, useContext } from 'react'
import type { MappingLanguage, Row } from './language.ts'
import { assigned, ITEMS, isEntry, type Rules, ruleOf, type TargetKey, withItemList } from './rules.ts'
import type { Sample } from './samples.ts'
import { isBranch, listAround, pathFor, type SourceNode } from './source-tree.ts'
import { type Look, type Suggestion, usualSteps } from './suggestions.ts'
import type { Trial } from './try-query.ts'

/** What the parts of the mapper share. */
export interface MapperState {
  readonly language: MappingLanguage
  readonly rules: Rules
  /** Changes with the same `merge` that follow each other count as one. */
  readonly change: (rules: Rules, merge?: string) => void
  readonly samples: readonly Sample[]
  readonly nodes: readonly SourceNode[]
  readonly ids: ReadonlySet<string>
  readonly picked: SourceNode | undefined
  readonly pick: (node: SourceNode | undefined) => void
  /** Puts a place of the source into a field; `beside` keeps what the field is read from before it. */
  readonly put: (node: SourceNode, row: Row, beside?: boolean) => void
  readonly trial: Trial | undefined
  /** Suggestions for fields that are still empty. */
  readonly open: ReadonlyMap<TargetKey, Suggestion>
  readonly adopt: (taken: readonly Suggestion[]) => void
}

export const Mapping = createContext<MapperState | undefined>(undefined)

export function useMapping(): MapperState {
  const state = useContext(Mapping)
  if (!state) throw new Error('Parts of the mapper stand inside it.')
  return state
}

/** Whether a place of the source may be put into a field: lists make items, single values all other fields. */
export function fitsInto(node: SourceNode, row: Row): boolean {
  return row.key === ITEMS ? isBranch(node) || listAround(node.id) !== undefined : !isBranch(node)
}

/** The rules with a place put into a field. A field of an entry decides which list the items are, where none is yet. */
export function rulesWithPut(
  rules: Rules,
  node: SourceNode,
  row: Row,
  look: Look | undefined,
  beside: boolean,
): Rules {
  if (!fitsInto(node, row)) return rules
  const list = isBranch(node) ? node.id : (listAround(node.id) ?? '$')
  if (row.key === ITEMS) return withItemList(rules, list)
  const steps = usualSteps(row.target, look)
  if (!isEntry(row.key)) return assigned(rules, row.key, node.id, steps, beside)
  const known = ruleOf(rules, ITEMS)?.each
  const next = known === undefined ? withItemList(rules, list) : rules
  return assigned(next, row.key, pathFor(node.id, known ?? list), steps, beside)
}
