import type { Evaluate } from './comparisons.ts'
import { truthy } from './values.ts'

/** `and` of two parts and more: the first value that is not true, or else the last one. */
export function allOf(parts: readonly Evaluate[]): Evaluate {
  const [first, second, third] = parts as readonly [Evaluate, Evaluate, Evaluate?]
  if (!third) {
    return data => {
      const value = first(data)
      return truthy(value) ? second(data) : value
    }
  }
  if (parts.length === 3) {
    return data => {
      let value = first(data)
      if (!truthy(value)) return value
      value = second(data)
      return truthy(value) ? third(data) : value
    }
  }
  return data => {
    let value: unknown
    for (const part of parts) {
      value = part(data)
      if (!truthy(value)) break
    }
    return value
  }
}

/** `or` of two parts and more: the first value that is true, or else the last one. */
export function anyOf(parts: readonly Evaluate[]): Evaluate {
  const [first, second, third] = parts as readonly [Evaluate, Evaluate, Evaluate?]
  if (!third) {
    return data => {
      const value = first(data)
      return truthy(value) ? value : second(data)
    }
  }
  if (parts.length === 3) {
    return data => {
      let value = first(data)
      if (truthy(value)) return value
      value = second(data)
      return truthy(value) ? value : third(data)
    }
  }
  return data => {
    let value: unknown
    for (const part of parts) {
      value = part(data)
      if (truthy(value)) break
    }
    return value
  }
}
