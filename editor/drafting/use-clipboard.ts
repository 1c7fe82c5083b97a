import { useEffect, useRef } from 'react'
import { isElsewhere } from './use-shortcuts.ts'

interface Clipboard {
  /** The selection as text; undefined where nothing is selected. */
  readonly copy: () => string | undefined
  readonly cut: () => void
  readonly paste: (text: string) => boolean
}

/** Copy, cut and paste by the browser's own keys and menus: needs no permission, and works between windows. */
export function useClipboard(clipboard: Clipboard): void {
  const current = useRef(clipboard)
  current.current = clipboard
  useEffect(() => {
    const put = (event: ClipboardEvent): boolean => {
      // Text that is marked on the page is meant before the selected cards.
      if (isElsewhere(event.target) || window.getSelection()?.isCollapsed === false) return false
      const text = current.current.copy()
      if (text === undefined) return false
      event.clipboardData?.setData('text/plain', text)
      event.preventDefault()
      return true
    }
    const copy = (event: ClipboardEvent) => void put(event)
    const cut = (event: ClipboardEvent) => {
      if (put(event)) current.current.cut()
    }
    const paste = (event: ClipboardEvent) => {
      if (isElsewhere(event.target)) return
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text !== '' && current.current.paste(text)) event.preventDefault()
    }
    document.addEventListener('copy', copy)
    document.addEventListener('cut', cut)
    document.addEventListener('paste', paste)
    return () => {
      document.removeEventListener('copy', copy)
      document.removeEventListener('cut', cut)
      document.removeEventListener('paste', paste)
    }
  }, [])
}
