import type { FieldSpec, FieldType } from '../field.ts'
import type { Text } from '../text.ts'
import { inBoth } from '../words.ts'
import { explainOperand } from './explain.ts'
import type { FieldScope } from './field-scope.ts'
import { operators } from './operators.ts'
import type { RuleProblem } from './rule-problem.ts'

/** What one part of a condition gives, as far as it can be known without data. */
export interface Operand {
  readonly rule: unknown
  readonly at: string
  readonly scope: FieldScope
  readonly type: FieldType | 'any' | 'null'
  /** True for a value written into the rule; the value is `rule`. */
  readonly isConstant: boolean
  /** The field it reads, where it is one. */
  readonly field?: FieldSpec
}

/** Types that may stand for one another: all numbers are one kind. */
export type Kind = 'string' | 'number' | 'boolean' | 'instant' | 'list' | 'object' | 'any'

export function kindOf(type: Operand['type']): Kind {
  if (type === 'money' || type === 'duration') return 'number'
  return type === 'null' ? 'any' : type
}

const TYPE_NAMES: Readonly<Record<Operand['type'], Text>> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  money: { zh: '金额', en: 'an amount of money' },
  boolean: { zh: '是或否', en: 'yes or no' },
  instant: { zh: '时间', en: 'an instant' },
  duration: { zh: '时长', en: 'a duration' },
  list: { zh: '列表', en: 'a list' },
  object: { zh: '一组值', en: 'a group of values' },
  any: { zh: '任意值', en: 'any value' },
  null: { zh: '空', en: 'empty' },
}

/** 「实付金额」（金额） */
export function named({ rule, scope, type }: Operand): Text {
  const words = explainOperand(rule, scope)
  return { zh: `「${words.zh}」（${TYPE_NAMES[type].zh}）`, en: `"${words.en}" (${TYPE_NAMES[type].en})` }
}

/** An operator as it reads, its operands left out: 「… 以 … 开头」. */
function operatorWords(name: string): Text {
  const words = operators.get(name)?.words
  return inBoth(language => {
    const template = words?.[language] ?? name
    return template.includes('{') ? template.replace(/\{\w+\}/g, '…') : `…${template}…`
  })
}

/** The problem of an operand that is not of the type its operator takes. */
export function mismatch(operand: Operand, wanted: Operand['type'], operator: string): RuleProblem {
  const what = named(operand)
  const how = operatorWords(operator)
  return {
    code: 'TYPE_MISMATCH',
    severity: 'error',
    at: operand.at,
    message: {
      zh: `${what.zh}不能用在「${how.zh}」里，这里要的是${TYPE_NAMES[wanted].zh}。请换一个字段或运算`,
      en: `${what.en} does not go with "${how.en}", which takes ${TYPE_NAMES[wanted].en}; choose another field or operator`,
    },
  }
}
