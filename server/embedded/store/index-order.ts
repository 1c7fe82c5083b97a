import type { IndexField } from '../bson/index-keys.ts'
import type { IndexRanges } from './index-ranges.ts'

/** The fields to sort by, the most important first. */
export type Sort = IndexField[]

export interface Order {
  /** Walking the ranges gives the order asked for. */
  ordered: boolean
  /** The walk goes backwards. */
  reverse: boolean
  /** The ranges have to be merged by what follows their points, not walked one after the other. */
  merges: boolean
}

/** How walking an index's ranges relates to a sort; without a sort any order will do. */
export function orderFrom(fields: readonly IndexField[], found: IndexRanges, sort: Sort): Order {
  const { constants, points } = found
  const wanted = sort.filter(field => !constants.has(field.path))
  if (wanted.length === 0) return { ordered: true, reverse: false, merges: false }
  const inRow = directionOf(
    fields.filter(field => !constants.has(field.path)),
    wanted,
  )
  if (inRow) return { ordered: true, reverse: inRow === -1, merges: false }
  const merged = directionOf(fields.slice(points), wanted)
  if (merged) return { ordered: true, reverse: merged === -1, merges: true }
  return { ordered: false, reverse: false, merges: false }
}

/** 1 where the fields begin with the wanted ones as they are, -1 where with all of them turned round. */
function directionOf(fields: readonly IndexField[], wanted: Sort): 1 | -1 | undefined {
  const turn = fields[0]?.direction === wanted[0]!.direction ? 1 : -1
  const fits = wanted.every(({ path, direction }, i) => {
    const field = fields[i]
    return field?.path === path && field.direction === direction * turn
  })
  return fits ? turn : undefined
}
