/** An operator object of a rule, taken apart: `{">": [a, b]}` → `>` and its arguments. */
export interface Operation {
  readonly name: string
  readonly args: readonly unknown[]
}

/** The operation a part of a rule is; undefined for constants and lists. */
export function operationOf(rule: unknown): Operation | undefined {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) return undefined
  const names = Object.keys(rule)
  const name = names[0]
  if (name === undefined || names.length > 1) return undefined
  const args = (rule as Record<string, unknown>)[name]
  return { name, args: Array.isArray(args) ? args : [args] }
}
