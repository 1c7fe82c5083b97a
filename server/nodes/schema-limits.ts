import type { Problem } from '../workflow/problem.ts'
import { newValidator } from './order-schema.ts'

// What a user's JSON Schema may hold. All else is refused: patterns (a regular expression can take for ever),
// references (they can go in circles), formats, uniqueness of large lists.
const VALUES = new Set(
  (
    'type title description enum const required minimum maximum exclusiveMinimum exclusiveMaximum multipleOf ' +
    'minLength maxLength minItems maxItems minProperties maxProperties'
  ).split(' '),
)
const SCHEMAS = new Set(['items', 'contains', 'additionalProperties', 'not', 'if', 'then', 'else'])
const GROUPS = new Set(['properties', 'allOf', 'anyOf', 'oneOf'])

const MAX_DEPTH = 12
const MAX_PARTS = 2_000

/** What makes a user's JSON Schema unfit: keywords that are not allowed, size, depth, or no schema at all. */
export function schemaProblems(
  schema: Readonly<Record<string, unknown>>,
  at: string,
): Omit<Problem, 'node'>[] {
  const problems: Omit<Problem, 'node'>[] = []
  const report = (param: string, code: string, zh: string, en: string): void => {
    if (problems.length < 20) problems.push({ code, severity: 'error', message: { zh, en }, param })
  }
  if (isTooLarge(schema)) {
    report(
      at,
      'SCHEMA_TOO_LARGE',
      'Schema 太大，最多 2,000 个部分',
      'The schema is too large: at most 2,000 parts',
    )
    return problems
  }
  walk(schema, at, 0)
  const fault = problems.length === 0 ? compileFault(schema) : undefined
  if (fault)
    report(at, 'NOT_A_SCHEMA', `不是有效的 JSON Schema：${fault}`, `Not a valid JSON Schema: ${fault}`)
  return problems

  function walk(part: unknown, path: string, depth: number): void {
    if (typeof part === 'boolean') return
    if (typeof part !== 'object' || part === null || Array.isArray(part)) {
      report(path, 'NOT_A_SCHEMA', '这里应是一个 Schema 对象', 'A schema object belongs here')
    } else if (depth > MAX_DEPTH) {
      report(
        path,
        'SCHEMA_TOO_DEEP',
        'Schema 嵌套太深，最多 12 层',
        'The schema is nested too deeply: at most 12 levels',
      )
    } else {
      for (const [keyword, value] of Object.entries(part))
        walkKeyword(keyword, value, `${path}/${keyword}`, depth + 1)
    }
  }

  function walkKeyword(keyword: string, value: unknown, path: string, depth: number): void {
    if (VALUES.has(keyword)) return
    if (SCHEMAS.has(keyword)) walk(value, path, depth)
    else if (GROUPS.has(keyword))
      for (const [key, each] of Object.entries(Object(value))) walk(each, `${path}/${key}`, depth)
    else
      report(
        path,
        'KEYWORD_NOT_ALLOWED',
        `Schema 不能用「${keyword}」`,
        `The schema may not use "${keyword}"`,
      )
  }
}

/** Counted without recursion, so that no nesting overflows the stack. */
function isTooLarge(schema: unknown): boolean {
  const open: unknown[] = [schema]
  for (let parts = 0; open.length > 0; parts++) {
    if (parts > MAX_PARTS) return true
    const part = open.pop()
    if (typeof part === 'object' && part !== null) open.push(...Object.values(part).slice(0, MAX_PARTS))
  }
  return false
}

function compileFault(schema: Readonly<Record<string, unknown>>): string | undefined {
  try {
    newValidator().compile(schema)
    return undefined
  } catch (error) {
    // Ajv's only way of saying what is wrong with a schema.
    return error instanceof Error ? error.message.slice(0, 300) : String(error)
  }
}
