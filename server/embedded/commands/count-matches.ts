import type { Document } from 'bson'
import { encode } from '../bson/codec.ts'
import type { Collection } from '../store/catalog.ts'
import { countByIndex } from '../store/index-count.ts'
import type { QuerySpec } from '../store/query.ts'
import type { Store } from '../store/store.ts'
import { readMatches } from './reader.ts'

/** How many documents a query finds; without a look at them where possible. */
export async function countMatches(
  store: Store,
  collection: Collection,
  spec: QuerySpec,
  deadline: number,
): Promise<number> {
  const { filter, skip = 0, limit = 0, hint } = spec
  const all = hint === undefined ? countByIndex(store.tree, collection, filter) : undefined
  if (all !== undefined) {
    const left = Math.max(0, all - skip)
    return limit > 0 ? Math.min(left, limit) : left
  }
  let n = 0
  await readMatches(store.query(collection, { ...spec, sort: undefined }), () => ++n > 0, deadline)
  return n
}

/** The one document of a pipeline that only counts, as drivers write `countDocuments`: given n, its documents. */
export function countingStage(stages: readonly Document[]): ((n: number) => Uint8Array[]) | undefined {
  const [stage, ...others] = stages
  if (!stage || others.length > 0) return undefined
  if (typeof stage.$count === 'string' && /^[^$.\0]+$/.test(stage.$count))
    return n => (n > 0 ? [encode({ [stage.$count]: n })] : [])
  const { _id, ...fields } = stage.$group ?? {}
  const [[field, accumulator] = [], ...more] = Object.entries<Document>(fields)
  const addsOne = Object.keys(accumulator ?? {}).join() === '$sum' && Number(accumulator?.$sum) === 1
  const isConstant = _id === null || Number(_id) === 1
  if (!field || more.length > 0 || !addsOne || !isConstant) return undefined
  return n => (n > 0 ? [encode({ _id, [field]: n })] : [])
}
