/** Cursors of the pages gone through, the present one last; the first page has none. */
export type CursorTrail = readonly (string | undefined)[]

export const firstPage: CursorTrail = [undefined]

export function forward(trail: CursorTrail, next: string): CursorTrail {
  return [...trail, next]
}

export function backward(trail: CursorTrail): CursorTrail {
  return trail.length > 1 ? trail.slice(0, -1) : trail
}
