import { CARD_WIDTH, type Place } from './layout.ts'

/** Lines turn this far before a column: the room further left belongs to the words at the ports. */
const TURN_BEFORE = 18
const CORNER = 9

/**
 * The drawing of a line as an SVG path: level from its port, up or down just before the next column, through the
 * columns it passes at the heights its lane gives, and level into its target. Corners are rounded.
 */
export function linePath(from: Place, lane: readonly Place[], to: Place): string {
  return roundedPath(corners(from, lane, to))
}

function corners(from: Place, lane: readonly Place[], to: Place): Place[] {
  const turns: Place[] = [from]
  let y = from.y
  const goTo = (x: number, height: number) => {
    if (Math.abs(height - y) < 1) return
    turns.push({ x, y }, { x, y: height })
    y = height
  }
  if (to.x - TURN_BEFORE > from.x) {
    for (const place of lane) goTo(place.x - CARD_WIDTH / 2 - TURN_BEFORE, place.y)
    goTo(to.x - TURN_BEFORE, to.y)
  } else {
    // Backwards: out to the right, over the middle, and in from the left.
    goTo(from.x + TURN_BEFORE, (from.y + to.y) / 2)
    goTo(to.x - TURN_BEFORE, to.y)
  }
  return [...turns, to]
}

function roundedPath(points: readonly Place[]): string {
  const parts = [`M${points[0]!.x} ${points[0]!.y}`]
  for (let i = 1; i < points.length - 1; i++) {
    const corner = points[i]!
    const before = towards(corner, points[i - 1]!)
    const after = towards(corner, points[i + 1]!)
    parts.push(`L${before.x} ${before.y}`, `Q${corner.x} ${corner.y} ${after.x} ${after.y}`)
  }
  const end = points.at(-1)!
  return [...parts, `L${end.x} ${end.y}`].join('')
}

/** The point where the rounding of a corner begins: at most half way to its neighbour. */
function towards(corner: Place, neighbour: Place): Place {
  const dx = neighbour.x - corner.x
  const dy = neighbour.y - corner.y
  const length = Math.hypot(dx, dy)
  if (length === 0) return corner
  const step = Math.min(CORNER, length / 2) / length
  return { x: corner.x + dx * step, y: corner.y + dy * step }
}
