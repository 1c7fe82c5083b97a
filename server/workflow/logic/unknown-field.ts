import { closest } from '../closest.ts'
import type { FieldSpec } from '../field.ts'
import type { Text } from '../text.ts'
import { type FieldScope, findField, rootScope } from './field-scope.ts'
import type { RuleProblem } from './rule-problem.ts'

/** A field that is not in scope, and the names of the node types that would bring it. */
export interface FieldElsewhere {
  readonly field: FieldSpec
  readonly from: readonly Text[]
  /** True where some of the ways that lead here have it. */
  readonly isSometimes: boolean
}

/** The fields a part of a rule sees, those of the rule as a whole, and those of other places in the workflow. */
export interface Sight {
  readonly scope: FieldScope
  readonly root: FieldScope
  readonly elsewhere: readonly FieldElsewhere[]
}

/** The fields a part of a rule sees, those of the rule as a whole, and those of other places in the workflow. */
export interface Sight {
  readonly scope: FieldScope
  readonly root: FieldScope
  readonly elsewhere: readonly FieldElsewhere[]
}

/** Says why a field is not there, and which one may have been meant. */
export function unknownField(path: string, at: string, { scope, root, elsewhere }: Sight): RuleProblem {
  return { code: 'FIELD_NOT_HERE', severity: 'error', at, message: reason(path, scope, root, elsewhere) }
}

function reason(
  path: string,
  scope: FieldScope,
  root: FieldScope,
  elsewhere: readonly FieldElsewhere[],
): Text {
  if (scope !== root) {
    const outside = findField(path, root)?.field
    return outside ? notInLoop(outside) : noSuch(path, scope)
  }
  const known = elsewhere.find(({ field }) => findField(path, rootScope([field])))
  return known ? notYet(known) : noSuch(path, scope)
}

function notInLoop({ name }: FieldSpec): Text {
  return {
    zh: `逐项判断里只能读这一项自己的字段，读不到「${name.zh}」。请把它移到逐项判断外面`,
    en: `Inside a loop only the fields of the entry can be read, not "${name.en}"; move it out of the loop`,
  }
}

function notYet({ field, from, isSometimes }: FieldElsewhere): Text {
  const zh = from.map(name => `「${name.zh}」`).join('或')
  const en = from.map(name => `"${name.en}"`).join(' or ')
  return isSometimes
    ? {
        zh: `「${field.name.zh}」只在一部分路线上有值。请让每条路线都先经过${zh}`,
        en: `"${field.name.en}" is known on some of the ways only; let every way go through ${en} first`,
      }
    : {
        zh: `「${field.name.zh}」在这里还没有值。请把${zh}放在前面`,
        en: `"${field.name.en}" is not known here yet; put ${en} before this node`,
      }
}

function noSuch(path: string, { fields }: FieldScope): Text {
  const meant = closestField(path, fields)
  return meant
    ? {
        zh: `没有字段「${path}」，是不是「${meant.name.zh}」（${meant.path}）？`,
        en: `There is no field "${path}"; did you mean "${meant.name.en}" (${meant.path})?`,
      }
    : {
        zh: `没有字段「${path}」，请从列表里选一个`,
        en: `There is no field "${path}"; choose one from the list`,
      }
}

/** By its path, by the end of its path, or by its name in either language. */
function closestField(path: string, fields: readonly FieldSpec[]): FieldSpec | undefined {
  const names: readonly ((field: FieldSpec) => string)[] = [
    field => field.path,
    field => field.path.split('.').at(-1) ?? '',
    field => field.name.zh,
    field => field.name.en,
  ]
  for (const nameOf of names) {
    const meant = closest(path, fields.map(nameOf))
    if (meant !== undefined) return fields.find(field => nameOf(field) === meant)
  }
  return path === '' ? undefined : fields.find(({ name }) => name.zh.includes(path) || name.en.includes(path))
}
