import { createStore } from '../live/store.ts'

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

export const ownHits = (wanted: string): readonly OwnHit[] => finder.get()?.(wanted) ?? []
