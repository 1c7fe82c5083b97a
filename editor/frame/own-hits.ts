import { createStore, useStore } from '../live/store.ts'

/** Something on the page in front of the person: found here, not asked of the server. */
export interface OwnHit {
  readonly text: string
  readonly detail: string
  readonly run: () => void
}

type Find = (wanted: string) => readonly OwnHit[]

const finder = createStore<Find | undefined>(undefined)

/** Lets the search of the frame find parts of the open page. @returns what takes it back */
export function offerHits(find: Find): () => void {
  finder.set(find)
  return () => {
    if (finder.get() === find) finder.set(undefined)
  }
}

/** What the open page has of it; anew when the page offers something else. */
export const useOwnHits = (wanted: string): readonly OwnHit[] => useStore(finder)?.(wanted) ?? []
