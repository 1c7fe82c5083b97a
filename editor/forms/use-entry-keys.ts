import { useRef, useState } from 'react'
import { moved } from './entries.ts'

/**
 * Keys of the entries of a list, so that each keeps its half-typed inputs while entries move. A list that was
 * changed from elsewhere (undo) by whole entries starts anew.
 */
export function useEntryKeys(length: number): {
  readonly all: readonly string[]
  readonly add: () => void
  readonly remove: (at: number) => void
  readonly move: (from: number, to: number) => void
} {
  const next = useRef(0)
  const make = () => `e${next.current++}`
  const [kept, setKept] = useState<readonly string[]>([])
  let all = kept
  if (kept.length !== length) {
    all = Array.from({ length }, (_, at) => kept[at] ?? make())
    setKept(all)
  }
  return {
    all,
    add: () => setKept([...all, make()]),
    remove: at => setKept(all.toSpliced(at, 1)),
    move: (from, to) => setKept(moved(all, from, to)),
  }
}
