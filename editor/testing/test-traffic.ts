import type { TestResult } from '../api/test-contract.ts'
import type { CountsByNode, Traffic } from '../canvas/live-counts.ts'
import { createStore } from '../live/store.ts'

/** What went through the drawing in a test of many orders, for the lines of the canvas. */
export function trafficOfTest({ nodes }: TestResult): Traffic {
  const counts: CountsByNode = Object.fromEntries(
    Object.entries(nodes).map(([node, each]) => [node, { ...each, failed: 0 }]),
  )
  return { counts: createStore(counts), simulated: true }
}
