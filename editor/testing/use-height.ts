import { useState } from 'react'

const KEY = 'orderloom.test.height'
const LEAST = 180
const USUAL = 320
const STEP = 32

export interface Height {
  readonly height: number
  readonly least: number
  readonly most: number
  readonly set: (height: number) => void
  readonly grow: (steps: number) => void
}

/** The height of the strip as the person left it, never so that the canvas is gone. */
export function useHeight(): Height {
  const [wanted, setWanted] = useState(() => Number(localStorage.getItem(KEY)) || USUAL)
  const most = Math.max(LEAST, Math.round(window.innerHeight * 0.7))
  const height = Math.min(Math.max(wanted, LEAST), most)
  const set = (next: number) => {
    const within = Math.round(Math.min(Math.max(next, LEAST), most))
    setWanted(within)
    localStorage.setItem(KEY, String(within))
  }
  return { height, least: LEAST, most, set, grow: steps => set(height + steps * STEP) }
}
