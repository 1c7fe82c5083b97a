import { readPath, splitPath } from './own.ts'

/** JsonLogic's `var`, reading own properties only: the fallback, or null, where there is nothing. */
export function readVar(data: unknown, path: unknown, fallback: unknown): unknown {
  const parts = splitPath(path)
  if (parts.length === 0) return data
  const value = readPath(data, parts)
  if (value !== undefined) return value
  return fallback === undefined ? null : fallback
}

/**
 * JsonLogic's `missing`: those of the keys that are absent, null or an empty text. The keys come as
 * arguments, or as one list. Keys are values: one that looks like a rule is not worked out, whoever sent it.
 */
export function missingKeys(data: unknown, args: readonly unknown[]): unknown[] {
  const keys: readonly unknown[] = Array.isArray(args[0]) ? args[0] : args
  return keys.filter(key => {
    const [path, fallback] = Array.isArray(key) ? key : [key]
    const value = readVar(data, path, fallback)
    return value === null || value === ''
  })
}

/** JsonLogic's `missing_some`: what is missing of the keys when fewer than `needed` of them are there, else nothing. */
export function missingSome(data: unknown, needed: unknown, keys: unknown): unknown[] {
  const missing = missingKeys(data, Array.isArray(keys) ? keys : [keys])
  const given = (keys as { readonly length: number }).length - missing.length
  return given >= (needed as number) ? [] : missing
}
