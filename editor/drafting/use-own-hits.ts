import { useEffect } from 'react'
import { offerHits } from '../frame/own-hits.ts'
import type { DrawnDraft } from './draw-draft.ts'

const MOST = 8

/** Lets the search of the page find the cards of this drawing by name, rule and id. */
export function useOwnHits(cards: DrawnDraft['cards'], jumpTo: (node: string) => void): void {
  useEffect(
    () =>
      offerHits(wanted =>
        cards
          .flatMap(card => (card.type === 'card' ? [{ id: card.id, ...card.data }] : []))
          .filter(({ id, title, sentence }) =>
            `${title} ${sentence} ${id}`.toLowerCase().includes(wanted.toLowerCase()),
          )
          .slice(0, MOST)
          .map(({ id, title, sentence }) => ({ text: title, detail: sentence, run: () => jumpTo(id) })),
      ),
    [cards, jumpTo],
  )
}
