/** One step of changing a value, as the mapping stores it: `{ use: 'date', format: 'epoch-ms' }`. */
export interface Step {
  readonly use: string
  readonly [option: string]: unknown
}

/** How one unified field is made, as the mapping stores it. */
export interface FieldRule {
  readonly to: string
  readonly from?: string | readonly string[]
  readonly transforms?: readonly Step[]
  readonly required?: boolean
  readonly default?: unknown
  readonly each?: string
  readonly fields?: readonly FieldRule[]
}

export type Rules = readonly FieldRule[]

/** A field of the order (`phone`), or of its entries (`items.sku`). */
export type TargetKey = string

export const ITEMS = 'items'
const ENTRY = 'items.'
const MOST_SOURCES = 5

export const isEntry = (target: TargetKey): boolean => target.startsWith(ENTRY)

/** The rules a stored mapping holds; none where it is no list. Nothing is changed or put in order. */
export function readRules(value: unknown): Rules {
  return Array.isArray(value) ? (value as Rules) : []
}

export function ruleOf(rules: Rules, target: TargetKey): FieldRule | undefined {
  if (!isEntry(target)) return rules.find(({ to }) => to === target)
  return ruleOf(rules, ITEMS)?.fields?.find(({ to }) => to === target.slice(ENTRY.length))
}

/** Where the rule of a target stands in the mapping, as problems name it: `fields/3`, `fields/5/fields/0`. */
export function placeOf(rules: Rules, target: TargetKey): string | undefined {
  const index = (list: Rules, name: string) => list.findIndex(({ to }) => to === name)
  const own = index(rules, isEntry(target) ? ITEMS : target)
  if (own < 0) return undefined
  if (!isEntry(target)) return `fields/${own}`
  const entry = index(rules[own]?.fields ?? [], target.slice(ENTRY.length))
  return entry < 0 ? undefined : `fields/${own}/fields/${entry}`
}

/** The rules with one of them changed, added or (where `change` answers nothing) taken away; all others are the same. */
export function withRule(
  rules: Rules,
  target: TargetKey,
  change: (rule: FieldRule) => FieldRule | undefined,
): Rules {
  if (isEntry(target)) {
    return withRule(rules, ITEMS, items => ({
      ...items,
      fields: withRule(items.fields ?? [], target.slice(ENTRY.length), change),
    }))
  }
  const at = rules.findIndex(({ to }) => to === target)
  const changed = change(rules[at] ?? { to: target })
  if (at < 0) return changed ? [...rules, changed] : rules
  return changed ? rules.with(at, changed) : rules.toSpliced(at, 1)
}

export function sourcesOf(rule: FieldRule | undefined): readonly string[] {
  if (rule?.from === undefined) return []
  return typeof rule.from === 'string' ? [rule.from] : rule.from
}

/** The field read from these places, the first with a value counting; without any it keeps its other settings. */
export function withSources(rule: FieldRule, sources: readonly string[]): FieldRule {
  const { from: _, ...rest } = rule
  const [only, ...others] = sources
  if (only === undefined) return rest
  return { ...rest, from: others.length === 0 ? only : sources.slice(0, MOST_SOURCES) }
}

export function withSteps(rule: FieldRule, steps: readonly Step[]): FieldRule {
  const { transforms: _, ...rest } = rule
  return steps.length === 0 ? rest : { ...rest, transforms: steps }
}

/**
 * The rules with a source put to a field. What the field was read from is replaced, or kept before it (`beside`);
 * the steps a person chose stay.
 */
export function assigned(
  rules: Rules,
  target: TargetKey,
  source: string,
  steps: readonly Step[],
  beside = false,
): Rules {
  return withRule(rules, target, rule => {
    const before = sourcesOf(rule)
    const sources = beside ? [...before.filter(each => each !== source), source] : [source]
    const changed = withSources(rule, sources)
    // A fixed value would hide every source.
    const isFixed = rule.transforms?.length === 1 && rule.transforms[0]?.use === 'constant'
    return isFixed || (rule.transforms === undefined && !beside) ? withSteps(changed, steps) : changed
  })
}

/** The rules with the entries of a list as items; fields of the entries stay where the list is the same. */
export function withItemList(rules: Rules, each: string): Rules {
  return withRule(rules, ITEMS, rule => ({
    ...rule,
    each,
    fields: rule.each === each ? (rule.fields ?? []) : [],
  }))
}

/** Whether a rule gives its field a value: from the source, from a step that needs none, or a default. */
export function isMapped(rule: FieldRule | undefined): boolean {
  if (!rule) return false
  if (rule.to === ITEMS) return rule.each !== undefined
  return rule.from !== undefined || rule.default !== undefined || (rule.transforms?.length ?? 0) > 0
}

/** How many fields are mapped, those of the entries included. */
export function mappedCount(rules: Rules): number {
  return rules.reduce(
    (count, rule) => count + (isMapped(rule) ? 1 : 0) + (rule.fields?.filter(isMapped).length ?? 0),
    0,
  )
}
