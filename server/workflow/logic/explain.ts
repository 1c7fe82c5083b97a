import type { FieldSpec } from '../field.ts'
import type { Text } from '../text.ts'
import { formatInstant, formatValue, inBoth, type ValueStyle } from '../words.ts'
import {
  actually,
  addendOf,
  type ExplainContext,
  heldValue,
  pathName,
  say,
  styleOf,
} from './explain-fields.ts'
import { constantPath, type FieldScope, findField, rootScope, scopeInLoop } from './field-scope.ts'
import { checkLimits } from './limits.ts'
import { type Operation, operationOf } from './operation.ts'
import { operators } from './operators.ts'
import { truthy } from './values.ts'

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/'])

/**
 * A condition as one plain sentence, with the real values in it where they are known:
 * 「本仓可用 12 件 ≥ 需要 2 件 且 急单」.
 *
 * @param values path → value, as a step's note holds them
 */
export function explainCondition(
  rule: unknown,
  fields: readonly FieldSpec[],
  values: Readonly<Record<string, unknown>> = {},
): Text {
  if (checkLimits(rule).length > 0) return { zh: '（条件有误）', en: '(faulty condition)' }
  return inBoth(language => condition(rule, { language, scope: rootScope(fields), values }))
}

/** A part that gives a value in words: 「实付金额」, 「数量 + 1」. */
export function explainOperand(rule: unknown, scope: FieldScope): Text {
  return inBoth(language => operand(rule, { language, scope, values: {} }))
}

type ConditionWords = (operation: Operation, context: ExplainContext) => string

const CONDITIONS: ReadonlyMap<string, ConditionWords> = new Map<string, ConditionWords>([
  ['!!', ({ args }, context) => condition(args[0], context)],
  ['!', ({ args }, context) => negation(args[0], context)],
  ['and', chain],
  ['or', chain],
  ['==', ({ args }, context) => equality(args, true, context)],
  ['===', ({ args }, context) => equality(args, true, context)],
  ['!=', ({ args }, context) => equality(args, false, context)],
  ['!==', ({ args }, context) => equality(args, false, context)],
  ['>', order],
  ['>=', order],
  ['<', order],
  ['<=', order],
  ['in', ({ args }, context) => membership(args, true, context)],
])

/** A part that is asked whether it holds. */
function condition(rule: unknown, context: ExplainContext): string {
  const operation = operationOf(rule)
  if (!operation) return truthy(rule) ? say(context, '总是成立', 'always') : say(context, '从不成立', 'never')
  if (operation.name === 'var') return truth(rule, true, context)
  return CONDITIONS.get(operation.name)?.(operation, context) ?? operand(rule, context)
}

/** A field by itself: 「急单」 for a yes-or-no field, 「卖家备注 不为空」 for others. */
function truth(rule: unknown, wanted: boolean, context: ExplainContext): string {
  const path = constantPath(rule)
  const found = path === undefined ? undefined : findField(path, context.scope)
  if (found?.type !== 'boolean') return emptiness(rule, !wanted, context)
  const name = operandName(rule, context)
  const words = wanted ? name : say(context, `不是${name}`, `not ${name}`)
  const value = heldValue(rule, context)
  if (value === undefined || Boolean(value) === wanted) return words
  const real = formatValue(Boolean(value))[context.language]
  return words + say(context, `（${real}）`, ` (${real})`)
}

function emptiness(rule: unknown, wanted: boolean, context: ExplainContext): string {
  const words = operand(rule, context)
  return wanted
    ? say(context, `${words} 为空`, `${words} is empty`)
    : say(context, `${words} 不为空`, `${words} is not empty`)
}

function negation(inner: unknown, context: ExplainContext): string {
  const operation = operationOf(inner)
  if (operation?.name === 'var') return truth(inner, false, context)
  if (operation?.name === '!!') return negation(operation.args[0], context)
  if (operation?.name === 'in') return membership(operation.args, false, context)
  const words = condition(inner, context)
  return say(context, `并非（${words}）`, `not (${words})`)
}

function chain({ name, args }: Operation, context: ExplainContext): string {
  const parts = args.map(arg => {
    const words = condition(arg, context)
    const inner = operationOf(arg)
    const isOtherChain =
      inner !== undefined && inner.name !== name && (inner.name === 'and' || inner.name === 'or')
    return isOtherChain && inner.args.length > 1 ? bracketed(words, context) : words
  })
  return parts.join(operators.get(name)?.words[context.language])
}

function equality(args: readonly unknown[], wanted: boolean, context: ExplainContext): string {
  // A constant reads better behind what it is compared with.
  const [left, right] = isConstant(args[0]) && !isConstant(args[1]) ? [args[1], args[0]] : args
  const style = styleOf(left, context.scope)
  if (right === null) return emptiness(left, wanted, context)
  if (typeof right === 'boolean' && style?.type === 'boolean' && constantPath(left) !== undefined) {
    return truth(left, right === wanted, context)
  }
  if (typeof right === 'number' || !isConstant(right)) {
    return `${operand(left, context)} ${wanted ? '=' : '≠'} ${operand(right, context, style)}`
  }
  const words = [operandName(left, context), operand(right, context, style)]
  return inWords(wanted ? '==' : '!=', words, context) + actually(left, right, context)
}

function order({ name, args }: Operation, context: ExplainContext): string {
  const style = args.map(arg => styleOf(arg, context.scope)).find(each => each !== undefined)
  const words = args.map(arg => operand(arg, context, style))
  if (words.length === 3) return words.join(name === '<' ? ' < ' : ' ≤ ')
  const operator = operators.get(name)
  const isTime = style?.type === 'instant' || style?.shown === 'clock'
  const template = isTime ? operator?.instantWords : operator?.words
  return filled(template ?? { zh: name, en: name }, words, context)
}

/** `in`: one of a list, or part of a text. */
function membership([needle, where]: readonly unknown[], wanted: boolean, context: ExplainContext): string {
  if (Array.isArray(where) || styleOf(where, context.scope)?.type === 'list') {
    const words = [operandName(needle, context), operand(where, context, styleOf(needle, context.scope))]
    const text = wanted
      ? inWords('in', words, context)
      : say(context, `${words[0]} 不属于 ${words[1]}`, `${words[0]} is not one of ${words[1]}`)
    return text + actually(needle, undefined, context)
  }
  const whole = operandName(where, context)
  const part = quoted(needle, context)
  const text = wanted
    ? say(context, `${whole} 含${part}`, `${whole} contains ${part}`)
    : say(context, `${whole} 不含${part}`, `${whole} does not contain ${part}`)
  return text + actually(where, undefined, context)
}

type OperandWords = (operation: Operation, context: ExplainContext, style?: ValueStyle) => string

const OPERANDS: ReadonlyMap<string, OperandWords> = new Map<string, OperandWords>([
  ['instant', ({ args }, context) => instant(args[0], context)],
  ['reduce', sum],
  [
    'map',
    ({ name, args }, context) => loop(name, args, operand(args[1], inLoop(name, args, context)), context),
  ],
  ['if', ({ args }, context, style) => branches(args, context, style)],
  ['?:', ({ args }, context, style) => branches(args, context, style)],
  ['starts_with', textEnd],
  ['ends_with', textEnd],
  ['has_any', hasAny],
  ['time_of_day', shownTime],
  ['weekday', shownTime],
])

/** A part that gives a value. `style` is that of what it is compared with. */
function operand(rule: unknown, context: ExplainContext, style?: ValueStyle): string {
  const operation = operationOf(rule)
  if (!operation) return constant(rule, context, style)
  const { name, args } = operation
  if (name === 'var') return fieldWithValue(rule, context)
  const words = OPERANDS.get(name)
  if (words) return words(operation, context, style)
  if (CONDITIONS.has(name)) return bracketed(condition(rule, context), context)
  if (ARITHMETIC.has(name)) return arithmetic(operation, context, style)
  if (operators.get(name)?.kind === 'each') {
    return loop(name, args, condition(args[1], inLoop(name, args, context)), context)
  }
  const parts = args.map(arg => operand(arg, context))
  return inWords(name, parts, context)
}

function constant(rule: unknown, context: ExplainContext, style: ValueStyle | undefined): string {
  if (Array.isArray(rule) && !isConstant(rule)) {
    return rule.map(entry => operand(entry, context, style)).join(say(context, '、', ', '))
  }
  // A constant is the rule's own and no buyer's: it is never masked.
  return formatValue(rule, { ...style, personal: false })[context.language]
}

function fieldWithValue(rule: unknown, context: ExplainContext): string {
  const name = operandName(rule, context)
  const value = heldValue(rule, context)
  if (value === undefined) return name
  return `${name} ${formatValue(value, styleOf(rule, context.scope))[context.language]}`
}

/** A field by its name alone; other parts in words. */
function operandName(rule: unknown, context: ExplainContext): string {
  const path = constantPath(rule)
  if (path !== undefined) return pathName(path, context)
  const isField = operationOf(rule)?.name === 'var'
  return isField ? say(context, '由数据指定的字段', 'a field the data names') : operand(rule, context)
}

function instant(value: unknown, context: ExplainContext): string {
  return typeof value === 'string' ? (formatInstant(value) ?? value) : operand(value, context)
}

function arithmetic({ name, args }: Operation, context: ExplainContext, style?: ValueStyle): string {
  const sign = operators.get(name)?.words[context.language] ?? name
  const own = args.map(arg => styleOf(arg, context.scope)).find(each => each !== undefined) ?? style
  // Two times an amount is not two yuan times an amount: factors are plain numbers.
  const shared = name === '+' || name === '-' ? own : undefined
  const words = args.map(arg => {
    const text = operand(arg, context, shared)
    return ARITHMETIC.has(operationOf(arg)?.name ?? '') ? bracketed(text, context) : text
  })
  return words.length === 1 && name === '-' ? `-${words[0]}` : words.join(sign)
}

function inLoop(name: string, args: readonly unknown[], context: ExplainContext): ExplainContext {
  return { ...context, scope: scopeInLoop(name, args[0], context.scope), values: {} }
}

function loop(name: string, args: readonly unknown[], body: string, context: ExplainContext): string {
  return inWords(name, [operandName(args[0], context), body], context)
}

/** `reduce`: nearly always the sum of one field of the entries, which has words of its own. */
function sum({ name, args }: Operation, context: ExplainContext): string {
  const inside = inLoop(name, args, context)
  const addend = addendOf(args)
  if (addend === undefined) return loop(name, args, operand(args[1], inside), context)
  const list = operandName(args[0], context)
  const what = operand(addend, inside)
  return say(context, `${list} 的 ${what} 合计`, `total ${what} of ${list}`)
}

function branches(args: readonly unknown[], context: ExplainContext, style: ValueStyle | undefined): string {
  const [test, then, ...rest] = args
  if (args.length < 2) return operand(test, context, style)
  const otherwise = rest.length > 0 ? branches(rest, context, style) : formatValue(null)[context.language]
  return inWords('if', [condition(test, context), operand(then, context, style), otherwise], context)
}

function textEnd({ name, args }: Operation, context: ExplainContext): string {
  const words = [operandName(args[0], context), quoted(args[1], context)]
  return inWords(name, words, context) + actually(args[0], undefined, context)
}

function hasAny({ name, args }: Operation, context: ExplainContext): string {
  const words = [operandName(args[0], context), operand(args[1], context, styleOf(args[0], context.scope))]
  return inWords(name, words, context) + actually(args[0], undefined, context)
}

/** What a clock or a calendar shows of an instant; the instant itself would only be told beside it. */
function shownTime({ name, args }: Operation, context: ExplainContext): string {
  const [at, zone] = args
  const where =
    zone === undefined ? '' : say(context, `（${operand(zone, context)}）`, ` (${operand(zone, context)})`)
  const words = inWords(name, [operandName(at, context)], context) + where
  const held = heldValue(at, context)
  const operator = operators.get(name)
  if (held === undefined || operator?.kind !== 'value') return words
  const value = zone === undefined ? operator.apply(held) : operator.apply(held, zone)
  return `${words} ${formatValue(value, operator)[context.language]}`
}

function quoted(rule: unknown, context: ExplainContext): string {
  if (typeof rule !== 'string') return operand(rule, context)
  return say(context, `「${rule}」`, `"${rule}"`)
}

function bracketed(words: string, context: ExplainContext): string {
  return say(context, `（${words}）`, `(${words})`)
}

function inWords(name: string, words: readonly string[], context: ExplainContext): string {
  return filled(operators.get(name)?.words ?? { zh: name, en: name }, words, context)
}

function filled(template: Text, words: readonly string[], context: ExplainContext): string {
  return template[context.language]
    .replace(/\{all\}/g, () => words.join(say(context, '、', ', ')))
    .replace(/\{(\d)\}/g, (_, index: string) => words[Number(index)] ?? '')
}

function isConstant(rule: unknown): boolean {
  return Array.isArray(rule) ? rule.every(isConstant) : operationOf(rule) === undefined
}
