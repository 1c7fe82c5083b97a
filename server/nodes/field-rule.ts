import { type Static, Type } from 'typebox'
import type { Order } from '../workflow/order.ts'
import type { Problem } from '../workflow/problem.ts'
import { formatMoney } from '../workflow/words.ts'
import type { FieldProblem } from '../world/world.ts'
import { hint } from './hints.ts'
import { itemTargets, nameOfField, orderTargets, type Target } from './mapping/targets.ts'
import { compilePath } from './path.ts'
import { type Requirement, requirements } from './requirements.ts'

/** The requirements that need such a limit beside the field. */
function takers(limit: 'value' | 'values'): readonly string[] {
  return Object.entries<Requirement>(requirements).flatMap(([key, { takes }]) =>
    takes === limit ? [key] : [],
  )
}

export const FieldRule = Type.Object(
  {
    /** Field of the order (`phone`, `address.city`), or of every item (`items[].quantity`). */
    field: Type.String({
      ...hint('字段', 'Field', { as: 'field', among: 'order' }),
      minLength: 1,
      maxLength: 60,
    }),
    must: Type.Unsafe<keyof typeof requirements>(
      Type.Union(
        Object.keys(requirements).map(key => Type.Literal(key)),
        hint('要求', 'Requirement', {
          options: Object.fromEntries(Object.entries(requirements).map(([key, { name }]) => [key, name])),
        }),
      ),
    ),
    value: Type.Optional(
      Type.Number(hint('值', 'Value', { suits: 'field', when: { param: 'must', is: takers('value') } })),
    ),
    values: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), {
        ...hint('值', 'Values', { suits: 'field', when: { param: 'must', is: takers('values') } }),
        minItems: 1,
        maxItems: 200,
      }),
    ),
  },
  { additionalProperties: false },
)
export type FieldRule = Static<typeof FieldRule>

const table: Readonly<Record<FieldRule['must'], Requirement>> = requirements

/** Faults of a rule that its schema cannot express. */
export function fieldRuleProblems(rule: FieldRule, at: string): Omit<Problem, 'node'>[] {
  const problem = (param: string, code: string, zh: string, en: string): Omit<Problem, 'node'> => ({
    code,
    severity: 'error',
    message: { zh, en },
    param: `${at}/${param}`,
  })
  const target = targetOf(rule.field)
  if (!target)
    return [
      problem(
        'field',
        'UNKNOWN_FIELD',
        `订单没有字段「${rule.field}」`,
        `The order has no field "${rule.field}"`,
      ),
    ]
  const { takes, of, name } = table[rule.must]
  if (of && !of.some(type => type === target.type)) {
    return [
      problem(
        'must',
        'WRONG_TYPE',
        `「${target.name.zh}」不能要求「${name.zh}」`,
        `"${target.name.en}" cannot be asked "${name.en}"`,
      ),
    ]
  }
  if (takes && rule[takes] === undefined)
    return [problem(takes, 'MISSING', `请填写「${name.zh}」的值`, `Give the value of "${name.en}"`)]
  return []
}

/** Compiles a rule once; what comes out names every field of an order that breaks it. */
export function compileFieldRule(rule: FieldRule): (order: Order) => readonly FieldProblem[] {
  const requirement = table[rule.must]
  const money = targetOf(rule.field)?.type === 'money'
  const { zh, en } = requirement.words(rule, value => (money ? formatMoney(value) : String(value)))
  const [list, below] = rule.field.split('[].') as [string, string | undefined]
  const read = compilePath(list)
  const readBelow = below === undefined ? undefined : compilePath(below)

  const problemAt = (field: string): FieldProblem => {
    const name = nameOfField(field)
    return { field, code: requirement.code, message: `${name.zh}${zh}`, messageEn: `${name.en} ${en}` }
  }
  return order => {
    const value = read?.(order)
    if (!readBelow) return requirement.test(value, rule) ? [] : [problemAt(list.replaceAll('.', '/'))]
    if (!Array.isArray(value)) return []
    return value.flatMap((entry, index) =>
      requirement.test(readBelow(entry), rule) ? [] : [problemAt(`${list}/${index}/${below}`)],
    )
  }
}

function targetOf(field: string): Target | undefined {
  const [targets, key] = field.startsWith('items[].') ? [itemTargets, field.slice(8)] : [orderTargets, field]
  return Object.hasOwn(targets, key) && key !== 'items' && key !== 'address' ? targets[key] : undefined
}
