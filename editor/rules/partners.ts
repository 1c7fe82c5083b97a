import type { FieldSpec } from '../../server/workflow/field.ts'
import { kindOf } from '../../server/workflow/logic/operand.ts'
import { typedField } from './catalog.ts'
import { comparable, type Typed } from './subject-type.ts'
import type { Subject } from './tree.ts'

const MOST = 2

/**
 * The fields what stands on the left is naturally held against, the likeliest first: what is needed for what is
 * available, the time of receipt for the time of an order.
 */
export function partnersOf(left: Subject, typed: Typed, fields: readonly FieldSpec[]): readonly FieldSpec[] {
  const kind = kindOf(typed.type)
  if (left.kind !== 'field' || (kind !== 'number' && kind !== 'instant') || typed.shown) return []
  // Plain numbers without a unit may count anything.
  if (typed.type === 'number' && !typed.unit) return []
  const above = parentOf(left.path)
  return fields
    .filter(field => field.path !== left.path && comparable(typed, typedField(field)))
    .filter(
      field => parentOf(field.path) === above || (kind === 'instant' && field.path === 'event.receivedAt'),
    )
    .slice(0, MOST)
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'))
}
