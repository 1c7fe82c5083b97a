import type { Text } from '../text.ts'
import { kindOf, mismatch, named, type Operand } from './operand.ts'
import { shownRange } from './operators/time.ts'
import type { RuleProblem } from './rule-problem.ts'

const ORDER: ReadonlySet<string> = new Set(['>', '>=', '<', '<='])

/** Problems of operands that are compared: they must be of one kind, and of one unit. */
export function checkComparison(
  operator: string,
  args: readonly Operand[],
  at: string,
): readonly RuleProblem[] {
  if (ORDER.has(operator)) {
    const unordered = args.find(
      arg => !['number', 'instant', 'any'].includes(kindOf(arg.type)) || arg.type === 'null',
    )
    const pair = firstPair(args, differ)
    if (pair) return [notComparable(pair, at)]
    if (unordered) return [notOrdered(unordered)]
  } else {
    const pair = firstPair(args, differ)
    if (pair) return [notComparable(pair, at)]
    const never = args.find(({ type }) => ['instant', 'list', 'object'].includes(type))
    if (never && !args.some(({ type }) => type === 'null')) return [neverEqual(never)]
  }
  const units = firstPair(args, unitsDiffer)
  if (units) return [otherUnits(units, at)]
  return args.flatMap(arg => [
    ...fractionOfFen(arg, args),
    ...outsideShown(arg, args),
    ...unknownOption(arg, args),
  ])
}

/** `in`: a value in a list of such values, or a text in a text. */
export function checkMembership(args: readonly Operand[], at: string): readonly RuleProblem[] {
  const [needle, where] = args
  if (!needle || !where) return []
  if (where.type === 'string') {
    return kindOf(needle.type) === 'string' || kindOf(needle.type) === 'any'
      ? []
      : [mismatch(needle, 'string', 'in')]
  }
  if (where.type !== 'list') return where.type === 'any' ? [] : [mismatch(where, 'list', 'in')]
  const entries = Array.isArray(where.rule) ? where.rule.map(entry => constantOperand(entry, where)) : []
  return entries.flatMap(entry => checkComparison('===', [needle, entry], at)).slice(0, 1)
}

/** The operand a constant of a rule is; parts that are worked out are of any type. */
export function constantOperand(value: unknown, { at, scope }: Pick<Operand, 'at' | 'scope'>): Operand {
  return { rule: value, at, scope, type: constantType(value), isConstant: true }
}

function constantType(value: unknown): Operand['type'] {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'list'
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'any'
}

type Pair = readonly [Operand, Operand]

function firstPair(args: readonly Operand[], test: (a: Operand, b: Operand) => boolean): Pair | undefined {
  for (const [index, a] of args.entries()) {
    const b = args.slice(index + 1).find(other => test(a, other))
    if (b) return [a, b]
  }
  return undefined
}

function differ(a: Operand, b: Operand): boolean {
  const [left, right] = [kindOf(a.type), kindOf(b.type)]
  return left !== right && left !== 'any' && right !== 'any'
}

/** Pieces with kilometres, money with time: both numbers, yet no comparison. A plain number goes with all. */
function unitsDiffer(a: Operand, b: Operand): boolean {
  const [left, right] = [unitKey(a), unitKey(b)]
  return left !== undefined && right !== undefined && left !== right
}

function unitKey({ type, field }: Operand): string | undefined {
  return type === 'money' || type === 'duration' ? type : field?.unit?.en
}

function notComparable([a, b]: Pair, at: string): RuleProblem {
  const [left, right] = [named(a), named(b)]
  const text = [a, b].find(({ type, isConstant }) => isConstant && type === 'string')
  const instant = [a, b].some(({ type }) => type === 'instant')
  const advice: Text =
    text && instant
      ? { zh: '请把它写成时间值', en: 'write it as an instant' }
      : { zh: '请改成同一类的值', en: 'compare values of one kind' }
  return {
    code: 'TYPE_MISMATCH',
    severity: 'error',
    at,
    message: {
      zh: `${left.zh}不能和${right.zh}比较，${advice.zh}`,
      en: `${left.en} cannot be compared with ${right.en}; ${advice.en}`,
    },
  }
}

function notOrdered(operand: Operand): RuleProblem {
  const what = named(operand)
  return {
    code: 'TYPE_MISMATCH',
    severity: 'error',
    at: operand.at,
    message: {
      zh: `${what.zh}没有大小之分，请改用「是」「属于」这类运算`,
      en: `${what.en} is neither more nor less than anything; use "is" or "is one of"`,
    },
  }
}

function neverEqual(operand: Operand): RuleProblem {
  const what = named(operand)
  const isInstant = operand.type === 'instant'
  return {
    code: 'TYPE_MISMATCH',
    severity: 'error',
    at: operand.at,
    message: {
      zh: `${what.zh}不能用「是」来比较，${isInstant ? '请用「早于」「晚于」或「相差不超过」' : '请比较其中的值'}`,
      en: `${what.en} cannot be compared by "is"; ${isInstant ? 'use before, after or within' : 'compare the values in it'}`,
    },
  }
}

function otherUnits([a, b]: Pair, at: string): RuleProblem {
  const [left, right] = [named(a), named(b)]
  return {
    code: 'UNIT_MISMATCH',
    severity: 'error',
    at,
    message: {
      zh: `${left.zh}和${right.zh}的单位不同，不能比较`,
      en: `${left.en} and ${right.en} have different units and cannot be compared`,
    },
  }
}

function fractionOfFen({ rule, at, isConstant }: Operand, args: readonly Operand[]): readonly RuleProblem[] {
  if (!isConstant || typeof rule !== 'number' || Number.isInteger(rule)) return []
  if (!args.some(({ type }) => type === 'money')) return []
  const fen = Math.round(rule * 100)
  const message = {
    zh: `金额以分为单位，不能是 ${rule}。¥${rule} 请写成 ${fen}`,
    en: `Amounts are in fen and cannot be ${rule}; write ¥${rule} as ${fen}`,
  }
  return [{ code: 'NOT_FEN', severity: 'error', message, at }]
}

/** A number no clock and no calendar shows: 25:00, or 周八. */
function outsideShown({ rule, at, isConstant }: Operand, args: readonly Operand[]): readonly RuleProblem[] {
  const shown = args.map(arg => arg.field?.shown).find(each => each !== undefined)
  if (!shown || !isConstant || typeof rule !== 'number') return []
  const [least, most] = shownRange[shown]
  if (Number.isInteger(rule) && rule >= least && rule <= most) return []
  const message =
    shown === 'clock'
      ? {
          zh: `时刻要在 00:00 到 23:59 之间，写成零点起的分钟数（22:30 是 1350），不能是 ${rule}`,
          en: `A time of day is between 00:00 and 23:59, in minutes since midnight (22:30 is 1350), not ${rule}`,
        }
      : {
          zh: `星期只能是 1 到 7（周一到周日），不能是 ${rule}`,
          en: `A weekday is one of 1 to 7 (Monday to Sunday), not ${rule}`,
        }
  return [{ code: 'NO_SUCH_TIME', severity: 'error', message, at }]
}

/** A value none of the field's usual ones: most likely misspelt. */
function unknownOption({ rule, at, isConstant }: Operand, args: readonly Operand[]): readonly RuleProblem[] {
  const field = args.map(arg => arg.field).find(each => each?.options)
  if (!isConstant || typeof rule !== 'string' || !field?.options) return []
  if (field.options.some(({ value }) => value === rule)) return []
  const [zh, en] = [field.options.map(({ name }) => name.zh), field.options.map(({ name }) => name.en)]
  return [
    {
      code: 'UNUSUAL_VALUE',
      severity: 'warning',
      at,
      message: {
        zh: `「${field.name.zh}」通常没有「${rule}」这个值，常见的有：${zh.join('、')}`,
        en: `"${field.name.en}" is not usually "${rule}"; usual are: ${en.join(', ')}`,
      },
    },
  ]
}
