import { checkCondition } from '../logic/check.ts'
import type { FieldElsewhere } from '../logic/unknown-field.ts'
import { conditionsIn } from '../param-parts.ts'
import type { Problem } from '../problem.ts'
import type { CheckContext, NodeView, Rule } from './context.ts'
import { allFields, givenBy } from './scope.ts'

/** Conditions anywhere in the params, each over the fields that are there at its node. */
export const conditions: Rule = context => {
  const known: FieldElsewhere[] = allFields(context.definitions).map(field => ({
    field,
    from: givenBy(field.path, context.definitions),
    isSometimes: false,
  }))
  return [...context.nodes.values()].flatMap(view => checkConditions(view, known, context))
}

function checkConditions(
  { node, definition }: NodeView,
  known: readonly FieldElsewhere[],
  { scopes }: CheckContext,
): readonly Problem[] {
  if (!definition) return []
  const scope = scopes.get(node.id)
  // Where it cannot be told what is there, only what no workflow could have is a problem.
  const fields = scope ? [...scope.always.values()] : known.map(({ field }) => field)
  const elsewhere = known.map(each => ({
    ...each,
    isSometimes: scope?.sometimes.has(each.field.path) ?? false,
  }))
  return conditionsIn(definition.params, node.params).flatMap(({ path, value }) =>
    checkCondition(value, fields, elsewhere).map(problem => ({ ...problem, node: node.id, param: path })),
  )
}
