import { createContext, useContext } from 'react'

/** How one run (real, or a test) went through the drawing that is on screen. */
export interface Walked {
  /** True for a test: drawn in the colour of the simulated world. */
  readonly simulated: boolean
  /** By node: place in the order of visits from 1, and how the visit ended. */
  readonly nodes: ReadonlyMap<string, WalkedNode>
  /** `<node>/<port>` of the exits taken. */
  readonly ports: ReadonlySet<string>
}

export interface WalkedNode {
  readonly place: number
  readonly state: 'passed' | 'waiting' | 'failed'
  /** What it decided and why, in the language on screen. */
  readonly sentence: string
}

/** The run whose way is lit up on the canvas; none while only the drawing is shown. */
export const WalkedRun = createContext<Walked | undefined>(undefined)

/** How the run on show went through a node; undefined where it did not, or where no run is shown. */
export function useWalked(node: string): { readonly shown: boolean; readonly here: WalkedNode | undefined } {
  const walked = useContext(WalkedRun)
  return { shown: walked !== undefined, here: walked?.nodes.get(node) }
}
