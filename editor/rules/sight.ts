import { createContext, useContext } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import { type FieldScope, rootScope } from '../../server/workflow/logic/field-scope.ts'
import type { Findings } from './findings.ts'
import type { RuleNode, RuleTree } from './tree.ts'

/** What a part of a condition sees: the fields of the run, or inside a list those of one entry. */
export interface Sight {
  readonly fields: readonly FieldSpec[]
  readonly sometimes: readonly FieldSpec[]
  readonly scope: FieldScope
  /** What it is tried on: the sample order, or the entries of its list; empty without a sample. */
  readonly samples: readonly unknown[]
  readonly isInList: boolean
}

export const Seen = createContext<Sight>({
  fields: [],
  sometimes: [],
  scope: rootScope([]),
  samples: [],
  isInList: false,
})

export const useSight = (): Sight => useContext(Seen)

/** The condition being built, for its parts. */
export interface Building {
  readonly findings: Findings
  /** The part that takes the keyboard when it comes on screen. */
  readonly focus: string | undefined
  /** It goes on with its value, as a line just begun does; else with its beginning. */
  readonly isBegun: boolean
  /** Changes the tree; bursts under one `merge` key are one step to undo. `focus` names the part to go on with. */
  readonly change: (
    make: (tree: RuleTree) => RuleTree,
    more?: { merge?: string; focus?: string; isBegun?: boolean },
  ) => void
  readonly replace: (node: RuleNode, more?: { merge?: string }) => void
  readonly remove: (id: string) => void
}

export const Builder = createContext<Building | undefined>(undefined)

export function useBuilder(): Building {
  const building = useContext(Builder)
  if (!building) throw new Error('A part of a condition stands outside of its builder')
  return building
}
