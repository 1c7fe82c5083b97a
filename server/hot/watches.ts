import type { Plan } from '../engine/plan.ts'
import type { VelocityWatch } from '../nodes/stock-velocity.ts'

/** A live workflow that begins when a SKU sells too fast, and what counts as too fast for it. */
export interface Watch extends VelocityWatch {
  readonly workflow: string
  /** More units than this within the window are too many. */
  readonly limitUnits: number
  /** Units are summed in stretches this long. */
  readonly stretchMs: number
}

/** So many stretches make a window at most, however long it is: what a look reads is that many documents a SKU. */
const MOST_STRETCHES = 12

/** The watches among live workflows. */
export function watchesOf(live: readonly Plan[]): readonly Watch[] {
  return live.flatMap(plan => {
    const trigger = plan.nodes[plan.trigger]
    if (trigger?.type.type !== 'stock.velocity') return []
    const watch = trigger.prepared as VelocityWatch
    const { limitPerMinute, windowSeconds } = watch
    return [
      {
        ...watch,
        workflow: plan.workflow,
        limitUnits: (limitPerMinute * windowSeconds) / 60,
        stretchMs: Math.ceil(windowSeconds / MOST_STRETCHES) * 1_000,
      },
    ]
  })
}
