import { createContext, useContext } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'

/** Where the node of a form stands in its drawing. */
export interface Place {
  /** Fields that are there whichever way an order came. */
  readonly scope: readonly FieldSpec[]
  /** Fields that are there on some of the ways only: may be read, with a warning. */
  readonly sometimes: readonly FieldSpec[]
  /** The order the draft is tried on, with the run's data as it arrives at this node, buyers masked. */
  readonly sample: Sample | undefined
}

export interface Sample {
  /** What people call it: the order's number. */
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
}

const nowhere: Place = { scope: [], sometimes: [], sample: undefined }

export const FormPlace = createContext<Place>(nowhere)

export const usePlace = (): Place => useContext(FormPlace)
