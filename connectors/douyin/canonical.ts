/** JSON as the platform signs it. Ids beyond 2^53 that it wants as numbers are given as bigint. */
export type Param =
  | string
  | number
  | bigint
  | boolean
  | readonly Param[]
  | { readonly [name: string]: Param | undefined }

/**
 * The one spelling of a call's parameters: names sorted by their bytes at every depth, no spaces, nothing escaped
 * that JSON need not escape, integers digit for digit. What is signed is what is sent.
 * Source: the platform's Go SDK, which signs the marshalled map without HTML escaping.
 */
export function canonicalJson(value: Param): string {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object') return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const fields = Object.entries(value)
    .filter((field): field is [string, Param] => field[1] !== undefined)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`
}

// Array.isArray does not narrow read-only lists.
const isList = (value: object): value is readonly Param[] => Array.isArray(value)
