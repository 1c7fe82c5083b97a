import { useState } from 'react'
import type { Values } from './form-problems.ts'

/** What was typed into the form of a connection and is not saved yet. */
export interface Draft {
  readonly credentials: Values
  readonly settings: Values
}

/** Forms that were left half filled in, by what they are for. In memory alone: there are secrets in them. */
const left = new Map<string, Draft>()

/** A draft that is still there when its form is opened again. @returns it, what changes it and what forgets it */
export function useDraft(
  id: string,
  start: Draft,
): readonly [draft: Draft, change: (next: Draft) => void, forget: () => void] {
  const [draft, setDraft] = useState(() => left.get(id) ?? start)
  const change = (next: Draft) => {
    left.set(id, next)
    setDraft(next)
  }
  return [draft, change, () => void left.delete(id)]
}
