import { BSONRegExp } from 'bson'
import { equalRaw } from '../bson/compare.ts'
import { rawOf, stringOf } from '../bson/raw-value.ts'
import { TYPE } from '../bson/types.ts'
import { locationError, mongoError } from '../errors.ts'
import type { ValueTest } from './condition.ts'
import { inJavaScript } from './pcre.ts'

/** Strings the expression matches, and stored expressions equal to it. */
export function regexTest({ pattern, options }: Pick<BSONRegExp, 'pattern' | 'options'>): ValueTest {
  const expression = compileRegex(pattern, options)
  const itself = rawOf(new BSONRegExp(pattern, options))
  return value => {
    if (value?.type === TYPE.string || value?.type === TYPE.symbol) return expression.test(stringOf(value))
    return value?.type === TYPE.regex && equalRaw(value, itself)
  }
}

/** `$regex` with its `$options`, each given as text or as an expression. */
export function regexOperator(pattern: unknown, options: unknown): ValueTest {
  if (options !== undefined && typeof options !== 'string')
    throw mongoError('BadValue', '$options has to be a string')
  if (typeof pattern === 'string') return regexTest({ pattern, options: options ?? '' })
  if (!(pattern instanceof BSONRegExp)) throw mongoError('BadValue', '$regex has to be a string')
  if (pattern.options !== '' && options !== undefined)
    throw locationError(51075, 'options set in both $regex and $options')
  return regexTest({ pattern: pattern.pattern, options: options ?? pattern.options })
}

/** A JavaScript expression for a PCRE pattern with the options i, m, s, x and u; others are refused. */
export function compileRegex(pattern: string, options: string): RegExp {
  const [source, flags] = withoutInlineFlags(pattern, options)
  const unknown = [...flags].find(flag => !'imsxu'.includes(flag))
  if (unknown) throw locationError(51108, `invalid flag in regex options: ${unknown}`)
  const text = inJavaScript(flags.includes('x') ? withoutLayout(source) : source, flags)
  const kept = [...new Set(flags)].filter(flag => 'ims'.includes(flag)).join('')
  return tryCompile(text, `${kept}u`) ?? invalid(pattern)
}

function tryCompile(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function invalid(pattern: string): never {
  throw locationError(51091, `Regular expression is invalid: ${pattern}`)
}

/** PCRE's leading `(?i)` as an option. */
function withoutInlineFlags(pattern: string, options: string): [source: string, flags: string] {
  const inline = /^\(\?([imsx]+)\)/.exec(pattern)
  return inline ? [pattern.slice(inline[0].length), options + inline[1]] : [pattern, options]
}

/** PCRE's option x: whitespace and comments outside character classes mean nothing. */
function withoutLayout(pattern: string): string {
  return pattern.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]])*\]|\s+|#[^\n]*/g, part =>
    /^[\s#]/.test(part) ? '' : part,
  )
}
