import { compareRaw } from '../bson/compare.ts'
import { encodeRaw } from '../bson/key.ts'
import { closeNode, documentFields, openDocument, setChild } from '../bson/node.ts'
import type { RawValue } from '../bson/raw.ts'
import { detached, rawInt } from '../bson/raw-value.ts'
import { CLASS, classOf, TYPE } from '../bson/types.ts'
import { locationError } from '../errors.ts'
import { addToSum, emptySum, meanValue, sumValue } from './sum.ts'

/** Gathers the values of one group; undefined as a result stands for null. */
export interface Accumulator {
  add(value: RawValue | undefined): void
  result(): RawValue | undefined
}

/** Accumulators of `$group` that work on raw values. */
export const ACCUMULATORS: Readonly<Record<string, () => Accumulator>> = {
  $sum() {
    const sum = emptySum()
    return { add: value => value && addToSum(sum, value), result: () => sumValue(sum) }
  },
  $avg() {
    const sum = emptySum()
    return { add: value => value && addToSum(sum, value), result: () => meanValue(sum) }
  },
  $count() {
    let count = 0
    return {
      add() {
        count++
      },
      result: () => rawInt(count),
    }
  },
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $first() {
    let first: { value: RawValue | undefined } | undefined
    return {
      add(value) {
        first ??= { value }
      },
      result: () => first?.value,
    }
  },
  $last() {
    let last: RawValue | undefined
    return {
      add(value) {
        last = value
      },
      result: () => last,
    }
  },
  $push() {
    const items: RawValue[] = []
    return {
      add: value => value && items.push(detached(value)),
      result: () => closeNode({ type: TYPE.array, items }),
    }
  },
  $addToSet() {
    const items = new Map<string, RawValue>()
    return {
      add(value) {
        if (value) items.set(encodeRaw(value).toString('latin1'), detached(value))
      },
      result: () => closeNode({ type: TYPE.array, items: [...items.values()] }),
    }
  },
  $mergeObjects() {
    const merged = openDocument()
    return {
      add(value) {
        if (!value || classOf(value.type) === CLASS.null) return
        if (value.type !== TYPE.object) throw locationError(40400, '$mergeObjects requires object inputs')
        for (const [name, field] of documentFields(value)) setChild(merged, name, field)
      },
      result: () => closeNode(merged),
    }
  },
}

/** The least (sign -1) or greatest (sign 1) value; null and missing ones do not count. */
function extreme(sign: 1 | -1): Accumulator {
  let best: RawValue | undefined
  return {
    add(value) {
      if (!value || value.type === TYPE.null || value.type === TYPE.undefined) return
      if (!best || compareRaw(value, best) * sign > 0) best = value
    },
    result: () => best,
  }
}
