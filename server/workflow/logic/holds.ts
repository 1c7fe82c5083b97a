import { compileLogic } from './compile.ts'
import { truthy } from './values.ts'

/** Whether a condition holds where every field is empty. One that cannot be worked out there does not hold. */
export function holdsWhenEmpty(rule: unknown): boolean {
  try {
    return truthy(compileLogic(rule)({}))
  } catch {
    // json-logic-js throws as well, for `missing_some` of nothing: such a rule lets no order through.
    return false
  }
}
