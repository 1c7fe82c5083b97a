import { createContext, useContext } from 'react'
import type { SchemaPart } from '../../server/workflow/param-parts.ts'
import type { Problem } from '../../server/workflow/problem.ts'
import type { Level } from './asked.ts'

/** What the control of one param gets. */
export interface FieldProps {
  readonly name: string
  /** `rows/0/when` */
  readonly path: string
  readonly schema: SchemaPart
  readonly value: unknown
  readonly isRequired: boolean
  /** What stands beside it, for what depends on other params. */
  readonly beside: Level
  /** Problems of this param and all inside it. */
  readonly problems: readonly Problem[]
  /** `merge` names what a burst of typing changes, so that it is one step to undo. */
  readonly onChange: (value: unknown, merge?: string) => void
}

/** What a control within a row gets beside its param: what it is called, and where its row tells more. */
export interface ControlProps extends FieldProps {
  readonly id: string
  readonly label: string
  readonly isBad: boolean
  readonly describedBy: string | undefined
}

/** The ids of a form's parts begin alike, so that two forms on one page never share one. */
export const FormId = createContext('')

export function useFieldId(path: string): string {
  return `${useContext(FormId)}${path.replaceAll('/', '-')}`
}
