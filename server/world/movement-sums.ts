import type { MovementKind } from '../store/movement-doc.ts'

/** How one unit of a movement changes what is on hand and what is held. */
export const MOVEMENT_SIGNS: Readonly<
  Record<MovementKind, { readonly onHand: number; readonly held: number }>
> = {
  received: { onHand: 1, held: 0 },
  returned: { onHand: 1, held: 0 },
  adjusted: { onHand: 1, held: 0 },
  held: { onHand: 0, held: 1 },
  released: { onHand: 0, held: -1 },
  shipped: { onHand: -1, held: -1 },
}
