import { CARD_WIDTH, cardHeight, type Place } from '../canvas/layout.ts'

/** A card as it stands: its corner and its size. */
export interface Standing {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type Alignment = 'left' | 'centre' | 'right' | 'top' | 'middle' | 'bottom' | 'across' | 'down'

/** New places of cards brought into line; `across` and `down` make the gaps between them even. */
export function align(cards: readonly Standing[], how: Alignment): ReadonlyMap<string, Place> {
  if (cards.length < 2) return new Map()
  if (how === 'across') return spread(cards, 'x', 'width')
  if (how === 'down') return spread(cards, 'y', 'height')
  const left = Math.min(...cards.map(card => card.x))
  const right = Math.max(...cards.map(card => card.x + card.width))
  const top = Math.min(...cards.map(card => card.y))
  const bottom = Math.max(...cards.map(card => card.y + card.height))
  const to: Readonly<Record<Exclude<Alignment, 'across' | 'down'>, (card: Standing) => Place>> = {
    left: ({ y }) => ({ x: left, y }),
    centre: ({ y, width }) => ({ x: (left + right - width) / 2, y }),
    right: ({ y, width }) => ({ x: right - width, y }),
    top: ({ x }) => ({ x, y: top }),
    middle: ({ x, height }) => ({ x, y: (top + bottom - height) / 2 }),
    bottom: ({ x, height }) => ({ x, y: bottom - height }),
  }
  return new Map(cards.map(card => [card.id, to[how](card)]))
}

function spread(
  cards: readonly Standing[],
  axis: 'x' | 'y',
  size: 'width' | 'height',
): ReadonlyMap<string, Place> {
  const inOrder = [...cards].sort((a, b) => a[axis] - b[axis])
  const first = inOrder[0]!
  const last = inOrder.at(-1)!
  const room = last[axis] + last[size] - first[axis] - inOrder.reduce((sum, card) => sum + card[size], 0)
  const gap = room / (inOrder.length - 1)
  let at = first[axis]
  return new Map(
    inOrder.map(card => {
      const place = { x: card.x, y: card.y, [axis]: at }
      at += card[size] + gap
      return [card.id, place]
    }),
  )
}

/** The free place nearest to a wish: below what stands there already. */
export function freePlace(cards: readonly Standing[], wish: Place, ports = 1): Place {
  const height = cardHeight(ports)
  const room = 28
  let { x, y } = wish
  for (let moved = true; moved; ) {
    moved = false
    for (const card of cards) {
      const clear =
        card.x >= x + CARD_WIDTH + room ||
        card.x + card.width + room <= x ||
        card.y >= y + height + room ||
        card.y + card.height + room <= y
      if (clear) continue
      y = card.y + card.height + room
      moved = true
    }
  }
  return { x: Math.round(x), y: Math.round(y) }
}
