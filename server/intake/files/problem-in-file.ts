import type { FieldMapping, ItemFieldMapping } from '../../nodes/mapping/mapping.ts'
import type { FieldProblem } from '../../world/world.ts'

type Values = Readonly<Record<string, unknown>>

/**
 * A problem of the mapping as a person reads it who has the file open: by the file's row in place of the item's
 * number, and with what stands there.
 */
export function problemInFile(
  problem: FieldProblem,
  document: unknown,
  rows: readonly number[],
  fields: readonly FieldMapping[],
): FieldProblem {
  const [root, index, ...rest] = problem.field.split('/')
  const isOfItem = root === 'items' && index !== undefined
  const row = isOfItem ? rows[Number(index)] : undefined
  const found = isOfItem
    ? valueOfItem(document, Number(index), rest.join('.'), fields)
    : valueAt(
        document,
        fields.find(({ to }) => to === problem.field.replaceAll('/', '.')),
      )
  const message = row === undefined ? problem.message : problem.message.replace(/^第 \d+ 行/, `第 ${row} 行`)
  const messageEn =
    row === undefined ? problem.messageEn : problem.messageEn.replace(/^Item \d+:/, `Row ${row}:`)
  if (found === undefined) return { ...problem, message, messageEn }
  return {
    ...problem,
    message: `${message}：写的是「${found}」`,
    messageEn: `${messageEn}; it says "${found}"`,
  }
}

function valueOfItem(
  document: unknown,
  index: number,
  to: string,
  fields: readonly FieldMapping[],
): string | undefined {
  const items = fields.find(field => field.to === 'items')
  const list = items?.each === '$' ? [document] : asValues(document)[items?.each ?? '']
  const entry: unknown = Array.isArray(list) ? list[index] : undefined
  return valueAt(
    entry,
    items?.fields?.find(field => field.to === to),
  )
}

const LONGEST = 40

/** What a plain column says; nothing where it is empty or was read in another way. */
function valueAt(entry: unknown, rule: ItemFieldMapping | undefined): string | undefined {
  const paths = typeof rule?.from === 'string' ? [rule.from] : (rule?.from ?? [])
  const values = asValues(entry)
  const value = paths
    .map(path => (Object.hasOwn(values, path) ? values[path] : undefined))
    .find(each => each !== '' && (typeof each === 'string' || typeof each === 'number'))
  return value === undefined ? undefined : String(value).slice(0, LONGEST)
}

function asValues(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
}
