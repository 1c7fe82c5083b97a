import type { Plan } from '../engine/plan.ts'
import type { MovedWatch } from '../nodes/parcel-moved.ts'
import type { StalledWatch } from '../nodes/parcel-stalled.ts'

/** The live workflows that begin when something happens to a parcel, or when nothing does. */
export interface ParcelWatches {
  readonly moved: readonly (MovedWatch & { readonly workflow: string })[]
  readonly stalled: readonly (StalledWatch & { readonly workflow: string })[]
}

export function parcelWatches(live: readonly Plan[]): ParcelWatches {
  const triggers = live.flatMap(({ workflow, nodes, trigger }) => {
    const node = nodes[trigger]
    return node ? [{ workflow, type: node.type.type, prepared: node.prepared }] : []
  })
  const of = <W>(type: string) =>
    triggers
      .filter(each => each.type === type)
      .map(({ workflow, prepared }) => ({ ...(prepared as W), workflow }))
  const moved = of<MovedWatch>('parcel.moved')
  const both = moved.flatMap(({ stillHours, legs, workflow }) =>
    stillHours === undefined ? [] : [{ stillHours, legs, workflow }],
  )
  return { moved, stalled: [...of<StalledWatch>('parcel.stalled'), ...both] }
}
