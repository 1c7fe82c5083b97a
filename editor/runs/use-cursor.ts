import { useCallback, useEffect, useState } from 'react'

const PLAY_EVERY_MS = 1_200

/** Where somebody stands in a run they go through step by step. */
export interface Cursor {
  /** The step on show, from 1; all of them are told while it is the last. */
  readonly at: number
  readonly total: number
  readonly playing: boolean
  readonly go: (at: number) => void
  readonly play: (on: boolean) => void
}

/** Moves by ← and →, by itself while it plays, and stands at the end at first. */
export function useCursor(total: number): Cursor {
  const [at, setAt] = useState(total)
  const [playing, setPlaying] = useState(false)
  const [known, setKnown] = useState(total)
  // A run that went on meanwhile: whoever saw the end sees the new one.
  if (known !== total) {
    setKnown(total)
    if (at === known) setAt(total)
  }
  const go = useCallback(
    (next: number) => {
      setPlaying(false)
      setAt(Math.min(Math.max(next, 1), total))
    },
    [total],
  )
  const play = (on: boolean) => {
    setPlaying(on)
    if (on && at >= total) setAt(1)
  }

  useEffect(() => {
    if (!playing) return
    const timer = setTimeout(() => (at < total ? setAt(at + 1) : setPlaying(false)), PLAY_EVERY_MS)
    return () => clearTimeout(timer)
  }, [playing, at, total])

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
      if (step === 0 || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      event.preventDefault()
      go(at + step)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [at, go])

  return { at, total, playing, go, play }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null
  )
}
