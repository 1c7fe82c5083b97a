import type { Change } from './diff.ts'
import type { FieldSpec } from './field.ts'
import { isRecord, paramName, type SchemaPart, uiKind } from './param-parts.ts'
import { partWords } from './sentence.ts'
import type { Text } from './text.ts'
import { inBoth, same } from './words.ts'

/** What of a param became what, in words. */
export interface ParamChange {
  readonly what: Text
  readonly before?: Text
  readonly after?: Text
}

/**
 * A changed param by what its form calls it: 「规则 2 邻近仓 · 判断逻辑」. Undefined for what nobody sees.
 * @param sides params after and before, in which the path of the change leads
 * @param placeOf number an entry of a list goes by, from its path; its place in the list where undefined
 */
export function paramChange(
  change: Change,
  schema: SchemaPart | undefined,
  sides: readonly unknown[],
  placeOf: (path: string) => number | undefined,
  fields: readonly FieldSpec[],
): ParamChange | undefined {
  const { names, part } = along(change.path.split('/'), schema, sides, placeOf)
  if (isUnseen(change.path.split('/').at(-1) ?? '', part)) return undefined
  const words = (value: unknown) => valueWords(value, part ?? {}, change.path, fields)
  return {
    what: inBoth(language => names.map(name => name[language]).join(' · ')),
    ...(change.before === undefined ? {} : { before: words(change.before) }),
    ...(change.after === undefined ? {} : { after: words(change.after) }),
  }
}

/** What an entry of a list calls itself. */
export function entryName(entry: unknown): string | undefined {
  if (!isRecord(entry)) return undefined
  const name = [entry.name, entry.field, entry.to].find(each => typeof each === 'string' && each !== '')
  return typeof name === 'string' ? name : undefined
}

/** The names a path goes by, and the schema of its end. */
function along(
  path: readonly string[],
  schema: SchemaPart | undefined,
  sides: readonly unknown[],
  placeOf: (path: string) => number | undefined,
): { names: Text[]; part: SchemaPart | undefined } {
  const names: Text[] = []
  let part = schema
  let values = sides
  for (const [depth, key] of path.entries()) {
    const isEntry = values.some(Array.isArray)
    part = isEntry ? recordOf(part?.items) : recordOf(recordOf(part?.properties)?.[key])
    values = values.map(value => inside(value, key))
    const name = (part && paramName(part)) ?? same(key)
    if (!isEntry) names.push(name)
    else {
      const list = names.pop() ?? same('')
      const place = (placeOf(path.slice(0, depth + 1).join('/')) ?? Number(key)) + 1
      const own = values.map(entryName).find(each => each !== undefined)
      names.push(inBoth(language => [list[language], `${place}`, own].filter(Boolean).join(' ')))
    }
  }
  return { names, part }
}

/** Ids the editor makes up and never shows. */
function isUnseen(key: string, schema: SchemaPart | undefined): boolean {
  return key === 'id' || key === 'port' || (schema !== undefined && uiKind(schema) === 'port')
}

/** A value in words; a group by its parts, a list of groups one by one. */
function valueWords(value: unknown, schema: SchemaPart, path: string, fields: readonly FieldSpec[]): Text {
  const isCondition = uiKind(schema) === 'condition'
  if (!isCondition && Array.isArray(value) && value.some(isRecord)) {
    const entries = value.map(each => valueWords(each, recordOf(schema.items) ?? {}, path, fields))
    return { zh: entries.map(({ zh }) => zh).join('；'), en: entries.map(({ en }) => en).join('; ') }
  }
  if (isCondition || !isRecord(value)) return partWords({ path, schema, value }, fields)
  const parts = Object.entries(value).flatMap(([key, inner]) => {
    const part = recordOf(recordOf(schema.properties)?.[key])
    if (isUnseen(key, part)) return []
    const name = (part && paramName(part)) ?? same(key)
    const words = valueWords(inner, part ?? {}, `${path}/${key}`, fields)
    return [inBoth(language => `${name[language]} ${words[language]}`)]
  })
  return { zh: parts.map(({ zh }) => zh).join('，'), en: parts.map(({ en }) => en).join(', ') }
}

const recordOf = (value: unknown): SchemaPart | undefined => (isRecord(value) ? value : undefined)

function inside(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
