const GAP = 4
const EDGE = 8

/** Puts a popup of the top layer under its button, or above it where there is more room, within the window. */
export function placeBelow(button: HTMLElement, popup: HTMLElement): void {
  const { left, top, bottom, width } = button.getBoundingClientRect()
  const below = window.innerHeight - bottom - GAP - EDGE
  const above = top - GAP - EDGE
  const isAbove = below < 240 && above > below
  popup.style.minWidth = `${Math.min(width, 320)}px`
  popup.style.maxHeight = `${Math.min(420, isAbove ? above : below)}px`
  popup.style.left = `${Math.max(EDGE, Math.min(left, window.innerWidth - popup.offsetWidth - EDGE))}px`
  popup.style.top = isAbove ? 'auto' : `${bottom + GAP}px`
  popup.style.bottom = isAbove ? `${window.innerHeight - top + GAP}px` : 'auto'
}
