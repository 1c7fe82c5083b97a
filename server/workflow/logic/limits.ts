import { closest } from '../closest.ts'
import type { Text } from '../text.ts'
import { LogicError } from './logic-error.ts'
import { operators } from './operators.ts'
import { below, type RuleProblem } from './rule-problem.ts'

/** How large a rule may be. Generous for people, small for machines. */
export const ruleLimits = {
  /** Operators and lists inside one another. */
  depth: 64,
  /** Operators, lists and constants altogether. */
  parts: 10_000,
  /** Characters of one text. */
  text: 4_000,
  /** Loops inside loops: each multiplies the work by the length of a list. */
  loops: 2,
} as const

const MOST_PROBLEMS = 20
const SIZE_CODES: ReadonlySet<string> = new Set(['RULE_TOO_DEEP', 'RULE_TOO_LARGE'])

interface Part {
  readonly value: unknown
  readonly at: string
  readonly depth: number
  readonly loops: number
}

/**
 * What makes a rule unfit to be kept, whatever fields it reads: size, depth, operators that do not exist,
 * wrong numbers of arguments, objects that are no operation. Walks without recursion: no rule overflows the stack.
 */
export function checkLimits(rule: unknown): RuleProblem[] {
  const problems: RuleProblem[] = []
  const report = (at: string, code: string, zh: string, en: string): void => {
    if (problems.length < MOST_PROBLEMS || SIZE_CODES.has(code)) {
      problems.push({ code, severity: 'error', message: { zh, en }, at })
    }
  }
  const pending: Part[] = [{ value: rule, at: '', depth: 0, loops: 0 }]
  let parts = 1
  while (pending.length > 0) {
    const part = pending.pop()!
    parts += countBelow(part.value)
    if (parts > ruleLimits.parts) {
      const n = ruleLimits.parts
      report(
        '',
        'RULE_TOO_LARGE',
        `条件太大：最多 ${n} 个部分，请拆开`,
        `The condition is too large: at most ${n} parts. Split it`,
      )
      break
    }
    if (part.depth > ruleLimits.depth) {
      const n = ruleLimits.depth
      report(
        '',
        'RULE_TOO_DEEP',
        `条件嵌套太深：最多 ${n} 层，请拆开`,
        `The condition is nested too deeply: at most ${n} levels. Split it`,
      )
      break
    }
    const inside = partsBelow(part, report)
    // Taken from the end, so pushed in reverse: problems come in reading order.
    for (let index = inside.length - 1; index >= 0; index--) pending.push(inside[index]!)
  }
  return problems
}

/** @throws LogicError when a rule is too deep or too large to be walked by recursion */
export function assertSize(rule: unknown): void {
  const problem = checkLimits(rule).find(({ code }) => SIZE_CODES.has(code))
  if (problem) throw new LogicError(problem.code, problem.message.en)
}

type Report = (at: string, code: string, zh: string, en: string) => void

/** How many parts stand directly below: counted before any of them is looked at. */
function countBelow(value: unknown): number {
  if (Array.isArray(value)) return value.length
  if (!isPlainObject(value)) return 0
  const inside = Object.values(value)
  return inside.length === 1 && Array.isArray(inside[0]) ? inside[0].length : inside.length
}

function partsBelow(part: Part, report: Report): Part[] {
  const { value, at } = part
  if (Array.isArray(value)) return value.map((entry, index) => deeper(part, entry, below(at, index)))
  if (isPlainObject(value)) return partsOfObject(part, value, report)
  checkConstant(value, at, report)
  return []
}

function partsOfObject(part: Part, object: Readonly<Record<string, unknown>>, report: Report): Part[] {
  const names = Object.keys(object)
  const [name] = names
  if (name === undefined || names.length > 1) {
    const shown = names.slice(0, 5).map(each => each.slice(0, 40))
    const keys: Text = { zh: shown.join('、') || '空', en: shown.join(', ') || 'none' }
    report(
      part.at,
      'NOT_ONE_OPERATOR',
      `条件的每一层只能有一个运算，这里有：${keys.zh}。它会永远成立，请拆成「且」或「或」`,
      `Each level of a condition holds one operator, this one has: ${keys.en}. It would always hold; join the parts by "and" or "or"`,
    )
    return names.map(key => deeper(part, object[key], below(part.at, key)))
  }
  const given = object[name]
  const args: readonly unknown[] = Array.isArray(given) ? given : [given]
  const operator = operators.get(name)
  if (!operator) reportUnknown(name, part.at, report)
  else checkArity(name, operator.args, args.length, part.at, report)
  const isLoop = operator?.kind === 'each'
  if (isLoop && part.loops >= ruleLimits.loops) {
    const n = ruleLimits.loops
    report(part.at, 'LOOPS_TOO_DEEP', `逐项判断最多套 ${n} 层`, `At most ${n} loops inside one another`)
  }
  return args.map((arg, index) => ({
    ...deeper(part, arg, below(part.at, name, index)),
    loops: part.loops + (isLoop && index === 1 ? 1 : 0),
  }))
}

function deeper(part: Part, value: unknown, at: string): Part {
  return { value, at, depth: part.depth + 1, loops: part.loops }
}

function reportUnknown(name: string, at: string, report: Report): void {
  const shown = name.slice(0, 40)
  const meant = closest(shown, operators.keys())
  report(
    at,
    'UNKNOWN_OPERATOR',
    `没有运算「${shown}」${meant ? `，是不是「${meant}」？` : ''}`,
    `There is no operator "${shown}"${meant ? `; did you mean "${meant}"?` : ''}`,
  )
}

function checkArity(
  name: string,
  [least, most]: readonly [number, number],
  given: number,
  at: string,
  report: Report,
) {
  if (given >= least && given <= most) return
  const range = least === most ? `${least}` : `${least}–${most}`
  report(
    at,
    'WRONG_ARGUMENTS',
    `「${name}」需要 ${range} 个值，这里有 ${given} 个`,
    `"${name}" takes ${range} values, ${given} given`,
  )
}

function checkConstant(value: unknown, at: string, report: Report): void {
  if (typeof value === 'string' && value.length > ruleLimits.text) {
    const n = ruleLimits.text
    report(at, 'TEXT_TOO_LONG', `文字太长：最多 ${n} 个字`, `The text is too long: at most ${n} characters`)
  }
  const isJson =
    value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)
  if (!isJson) report(at, 'NOT_JSON', '这里要填一个值', 'A value is missing here')
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
