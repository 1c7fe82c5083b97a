import {
  type CollisionDetection,
  closestCenter,
  type KeyboardCoordinateGetter,
  pointerWithin,
} from '@dnd-kit/core'

/** Arrows go from field to field, whatever lies between them. */
export const toNextField: KeyboardCoordinateGetter = (event, { context }) => {
  const step = event.code === 'ArrowDown' ? 1 : event.code === 'ArrowUp' ? -1 : 0
  const { droppableRects, over, collisionRect } = context
  if (step === 0 || !collisionRect) return undefined
  event.preventDefault()
  const fields = [...droppableRects].sort(([, a], [, b]) => a.top - b.top)
  const at = fields.findIndex(([id]) => id === over?.id)
  const [id, rect] = fields[at < 0 ? 0 : Math.min(Math.max(at + step, 0), fields.length - 1)] ?? []
  if (id === undefined || !rect) return undefined
  document.querySelector(`[data-field="${CSS.escape(String(id))}"]`)?.scrollIntoView({ block: 'nearest' })
  return {
    x: rect.left + rect.width / 2 - collisionRect.width / 2,
    y: rect.top + rect.height / 2 - collisionRect.height / 2,
  }
}

/** A pointer means the field under it; a keyboard the nearest. */
export const fieldUnder: CollisionDetection = given =>
  given.pointerCoordinates ? pointerWithin(given) : closestCenter(given)
