import type { ErrorObject } from 'ajv'
import { closest } from '../closest.ts'
import { isRecord, paramName, type SchemaPart } from '../param-parts.ts'
import type { Text } from '../text.ts'
import { same } from '../words.ts'

const WHOLE: Text = { zh: '整体', en: 'the whole' }

const TYPES: Readonly<Record<string, Text>> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  integer: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '是或否', en: 'yes or no' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '一组值', en: 'a group of values' },
  null: { zh: '空', en: 'empty' },
}

type Words = (params: Readonly<Record<string, unknown>>, error: ErrorObject) => Text

// What must be mended, for the end of a sentence that begins with the name of the param.
const WORDS: Readonly<Record<string, Words>> = {
  required: () => ({ zh: '没有填，请填写', en: 'is missing; fill it in' }),
  additionalProperties: unknownProperty,
  type: ({ type }) => ({ zh: `应是${typeWords(type).zh}`, en: `must be ${typeWords(type).en}` }),
  minimum: ({ limit }) => ({ zh: `不能小于 ${limit}`, en: `must be at least ${limit}` }),
  maximum: ({ limit }) => ({ zh: `不能大于 ${limit}`, en: `must be at most ${limit}` }),
  exclusiveMinimum: ({ limit }) => ({ zh: `必须大于 ${limit}`, en: `must be more than ${limit}` }),
  exclusiveMaximum: ({ limit }) => ({ zh: `必须小于 ${limit}`, en: `must be less than ${limit}` }),
  multipleOf: ({ multipleOf }) => ({
    zh: `必须是 ${multipleOf} 的倍数`,
    en: `must be a multiple of ${multipleOf}`,
  }),
  minLength: ({ limit }) =>
    limit === 1
      ? { zh: '不能为空', en: 'must not be empty' }
      : { zh: `至少 ${limit} 个字`, en: `must have at least ${limit} characters` },
  maxLength: ({ limit }) => ({ zh: `最多 ${limit} 个字`, en: `must have at most ${limit} characters` }),
  minItems: ({ limit }) => ({ zh: `至少要有 ${limit} 项`, en: `must have at least ${limit} entries` }),
  maxItems: ({ limit }) => ({ zh: `最多 ${limit} 项`, en: `must have at most ${limit} entries` }),
  minProperties: ({ limit }) => ({ zh: `至少要有 ${limit} 项`, en: `must have at least ${limit} entries` }),
  maxProperties: ({ limit }) => ({ zh: `最多 ${limit} 项`, en: `must have at most ${limit} entries` }),
  uniqueItems: ({ i, j }) => ({
    zh: `第 ${Number(j) + 1} 项和第 ${Number(i) + 1} 项重复`,
    en: `has the same entry twice: ${Number(j) + 1} and ${Number(i) + 1}`,
  }),
  pattern: ({ pattern }) => ({
    zh: `格式不对，应符合 ${pattern}`,
    en: `has the wrong form; it must match ${pattern}`,
  }),
  format: ({ format }) => ({
    zh: `格式不对，应是 ${format}`,
    en: `has the wrong form; it must be a ${format}`,
  }),
  const: ({ allowedValue }) => ({
    zh: `只能是 ${shown(allowedValue)}`,
    en: `must be ${shown(allowedValue)}`,
  }),
  enum: ({ allowedValues }) => choice(Array.isArray(allowedValues) ? allowedValues : []),
  anyOf: alternatives,
  oneOf: alternatives,
}

/** What is wrong at a place and what to do, beginning with the param's name in words where it has one. */
export function faultWords(error: ErrorObject, path: string): Text {
  const name = nameAt(error) ?? (path ? same(path) : WHOLE)
  const words = WORDS[error.keyword]?.(error.params, error) ?? {
    zh: `不符合要求（${error.keyword}）`,
    en: error.message ?? `breaks the rule "${error.keyword}"`,
  }
  return { zh: `「${name.zh}」${words.zh}`, en: `"${name.en}" ${words.en}` }
}

function nameAt({ parentSchema, params }: ErrorObject): Text | undefined {
  const schema: SchemaPart = parentSchema ?? {}
  const missing: unknown = params.missingProperty
  if (typeof missing !== 'string')
    return params.additionalProperty === undefined ? paramName(schema) : undefined
  const property = isRecord(schema.properties) ? schema.properties[missing] : undefined
  return isRecord(property) ? paramName(property) : undefined
}

function unknownProperty(
  { additionalProperty }: Readonly<Record<string, unknown>>,
  error: ErrorObject,
): Text {
  const { properties } = (error.parentSchema ?? {}) as SchemaPart
  const known = isRecord(properties) ? Object.keys(properties) : []
  const meant = closest(String(additionalProperty), known)
  return {
    zh: `这一项不存在，${meant ? `是不是「${meant}」？` : '请删掉'}`,
    en: `does not exist; ${meant ? `did you mean "${meant}"?` : 'remove it'}`,
  }
}

function alternatives(_: Readonly<Record<string, unknown>>, { schema }: ErrorObject): Text {
  const branches: readonly unknown[] = Array.isArray(schema) ? schema : []
  const constants = branches.flatMap(branch => (isRecord(branch) && 'const' in branch ? [branch.const] : []))
  if (constants.length > 0 && constants.length === branches.length) return choice(constants)
  return { zh: '不是可用的写法', en: 'has none of the forms it may have' }
}

function choice(values: readonly unknown[]): Text {
  const words = values.map(shown)
  return { zh: `只能是：${words.join('、')}`, en: `must be one of: ${words.join(', ')}` }
}

function typeWords(type: unknown): Text {
  const types = (Array.isArray(type) ? type : [type]).map(each => TYPES[String(each)] ?? same(String(each)))
  return { zh: types.map(({ zh }) => zh).join('或'), en: types.map(({ en }) => en).join(' or ') }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
}
