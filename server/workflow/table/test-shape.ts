import { constantPath } from '../logic/field-scope.ts'
import { toInstantMs } from '../logic/instants.ts'
import { operationOf } from '../logic/operation.ts'
import { isScalar } from '../logic/values.ts'

/** What a test asks, where it is of a kind whose cases can all be told apart by a few values of its fields. */
export type TestShape =
  | { readonly kind: 'truth'; readonly path: string }
  /** Compared with constants, or with other fields, by order or by equality. */
  | {
      readonly kind: 'compare'
      readonly paths: readonly string[]
      readonly constants: readonly unknown[]
      readonly isOrder: boolean
    }
  | {
      readonly kind: 'text'
      readonly how: 'part' | 'start' | 'end'
      readonly path: string
      readonly texts: readonly string[]
    }
  /** Anything else: it can be worked out for values, but its cases are not known. */
  | { readonly kind: 'opaque'; readonly constants: readonly unknown[] }

const ORDER: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])
const EQUALITY: ReadonlySet<string> = new Set(['==', '===', '!=', '!=='])

export function shapeOf(rule: unknown): TestShape {
  const opaque: TestShape = { kind: 'opaque', constants: constantsIn(rule) }
  const operation = operationOf(rule)
  if (!operation) return opaque
  const { name, args } = operation
  const path = plainPath(rule)
  if (path !== undefined) return { kind: 'truth', path }
  if (ORDER.has(name) || EQUALITY.has(name)) return comparison(args, ORDER.has(name)) ?? opaque
  if (name === 'in') return membership(args) ?? opaque
  if (name === 'starts_with' || name === 'ends_with') {
    return textTest(name === 'starts_with' ? 'start' : 'end', args[0], [args[1]]) ?? opaque
  }
  if (name === 'has_any' && Array.isArray(args[1])) return textTest('part', args[0], args[1]) ?? opaque
  return opaque
}

function comparison(args: readonly unknown[], isOrder: boolean): TestShape | undefined {
  const paths: string[] = []
  const constants: unknown[] = []
  for (const arg of args) {
    const path = plainPath(arg)
    if (path !== undefined) paths.push(path)
    else if (isConstant(arg)) constants.push(constantOf(arg))
    else return undefined
  }
  return paths.length > 0 ? { kind: 'compare', paths, constants, isOrder } : undefined
}

function membership([needle, where]: readonly unknown[]): TestShape | undefined {
  const path = plainPath(needle)
  if (path !== undefined && Array.isArray(where) && where.every(isConstant)) {
    return { kind: 'compare', paths: [path], constants: where.map(constantOf), isOrder: false }
  }
  return textTest('part', where, [needle])
}

function textTest(
  how: 'part' | 'start' | 'end',
  of: unknown,
  texts: readonly unknown[],
): TestShape | undefined {
  const path = plainPath(of)
  const areTexts = texts.every((text): text is string => typeof text === 'string' && text !== '')
  return path !== undefined && areTexts ? { kind: 'text', how, path, texts: texts as string[] } : undefined
}

/** The path of a `var` without a fallback. */
function plainPath(rule: unknown): string | undefined {
  return operationOf(rule)?.args.length === 1 ? constantPath(rule) : undefined
}

function isConstant(rule: unknown): boolean {
  return isScalar(rule) || operationOf(rule)?.name === 'instant'
}

/** Constants as fields hold them: instants in milliseconds. */
function constantOf(rule: unknown): unknown {
  const operation = operationOf(rule)
  return operation ? toInstantMs(operation.args[0]) : rule
}

/** Every number and text in a test, paths left out: likely to be where it comes out otherwise. */
function constantsIn(rule: unknown): readonly unknown[] {
  if (Array.isArray(rule)) return rule.flatMap(constantsIn)
  const operation = operationOf(rule)
  if (!operation) return typeof rule === 'number' || typeof rule === 'string' ? [rule] : []
  if (operation.name === 'var') return []
  return isConstant(rule) ? [constantOf(rule)] : operation.args.flatMap(constantsIn)
}
