import type { Viewport } from '@xyflow/react'

/** Below this nobody reads a card. */
const LEAST_READABLE = 0.78
const MARGIN = 24

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/**
 * Where to look first: all of a drawing where it can be read so, else its beginning in a size that can.
 * @param first the card it begins with
 */
export function firstView(
  drawing: Box,
  first: { readonly y: number } | undefined,
  window: Pick<Box, 'width' | 'height'>,
): Viewport {
  const { width, height } = window
  if (!first) return { x: width / 3, y: height / 3, zoom: 1 }
  const fit = Math.min((width - 2 * MARGIN) / drawing.width, (height - 2 * MARGIN) / drawing.height, 1)
  const zoom = Math.max(fit, LEAST_READABLE)
  const spare = Math.max(width - drawing.width * zoom, 2 * MARGIN) / 2
  const isWhole = drawing.height * zoom <= height
  const middle = isWhole ? drawing.y + drawing.height / 2 : first.y
  return { x: spare - drawing.x * zoom, y: height / 2 - middle * zoom, zoom }
}

/** Where the card furthest to the left stands. */
export function beginning(
  cards: readonly { readonly position: { readonly x: number; readonly y: number } }[],
): { readonly y: number } | undefined {
  const [first, ...others] = cards
  return others.reduce((left, card) => (card.position.x < left!.position.x ? card : left), first)?.position
}
