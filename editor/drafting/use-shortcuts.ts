import { useEffect, useRef } from 'react'

/** What each key does: `z`, `Z` with Shift, `ctrl+z`, `ctrl+shift+z`, `Delete`, `?`. */
export type Shortcuts = Readonly<Record<string, () => void>>

/** Where typing means typing, or another window has the keyboard. */
const ELSEWHERE =
  'input, textarea, select, [contenteditable="true"], .ant-modal, .ant-drawer, .ant-popover, .ant-select-dropdown, [role="dialog"], [role="menu"]'

/** Hears the shortcuts of the canvas while it is on screen, but not while somebody types. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts)
  current.current = shortcuts
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.altKey || isElsewhere(event.target)) return
      const run = current.current[keyOf(event)]
      if (!run) return
      event.preventDefault()
      run()
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [])
}

export function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(ELSEWHERE) !== null
}

function keyOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  if (!ctrlKey && !metaKey) return key.length === 1 ? key.toLowerCase() : key
  return `ctrl+${shiftKey ? 'shift+' : ''}${key.toLowerCase()}`
}
