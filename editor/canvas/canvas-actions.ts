import { createContext } from 'react'
import type { Place } from './layout.ts'

/** Where a new node is to go: behind an exit, into a line, or to a place of its own. */
export type Spot =
  | { readonly kind: 'exit'; readonly node: string; readonly port: string }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'place'; readonly place: Place }

/** What can be done on a drawing that is being edited. */
export interface CanvasActions {
  /** Asks which node to put there; `at` is where on the screen the question stands. */
  readonly insert: (spot: Spot, at: Place) => void
  readonly writeNote: (id: string, text: string) => void
  readonly sizeNote: (id: string, place: Place, size: { width: number; height: number }) => void
  readonly nameFrame: (id: string, name: string) => void
}

/** Given by the editor of a draft; undefined where a drawing is only looked at. */
export const DraftActions = createContext<CanvasActions | undefined>(undefined)
