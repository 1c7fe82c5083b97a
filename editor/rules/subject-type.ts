import type { FieldSpec, FieldType } from '../../server/workflow/field.ts'
import { type FieldScope, findField, scopeInLoop } from '../../server/workflow/logic/field-scope.ts'
import { kindOf } from '../../server/workflow/logic/operand.ts'
import type { Subject } from './tree.ts'

/** What a side of a line gives: decides on its comparisons, on how values are entered, and how they are shown. */
export interface Typed {
  readonly type: FieldType | 'any'
  readonly unit?: FieldSpec['unit']
  readonly shown?: FieldSpec['shown']
  readonly options?: FieldSpec['options']
  readonly optional?: boolean
  readonly personal?: boolean
  /** The field it reads; of a sum, the one added up. */
  readonly field?: FieldSpec
}

/** Undefined for a field that is not there. */
export function typeOfSubject(subject: Subject, scope: FieldScope): Typed | undefined {
  switch (subject.kind) {
    case 'clock':
    case 'weekday':
      return findField(subject.path, scope) && { type: 'number', shown: subject.kind }
    case 'sum': {
      const inside = scopeInLoop('some', { var: subject.list }, scope)
      const found = findField(subject.path, inside)
      if (!found) return undefined
      const { unit } = found.field ?? {}
      return { type: found.type, field: found.field, ...(unit && { unit }) }
    }
    case 'field': {
      const found = findField(subject.path, scope)
      if (!found) return undefined
      const { field, type } = found
      if (!field) return { type }
      const { unit, shown, options, optional, personal } = field
      return { type, field, unit, shown, options, optional, personal }
    }
  }
}

/** Whether two sides can be compared as far as their types tell: one kind, and not two units. */
export function comparable(a: Typed, b: Typed): boolean {
  if (a.shown !== b.shown) return false
  const isUnlike = kindOf(a.type) !== kindOf(b.type)
  return !isUnlike && unitKey(a) === unitKey(b) && kindOf(a.type) !== 'list'
}

function unitKey({ type, unit }: Typed): string {
  return type === 'money' || type === 'duration' ? type : (unit?.en ?? '')
}
