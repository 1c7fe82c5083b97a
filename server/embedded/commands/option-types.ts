import { isDocument, isNumeric } from '../bson/document.ts'
import { rawOf } from '../bson/raw-value.ts'
import { typeName } from '../bson/types.ts'
import { mongoError } from '../errors.ts'

/** What the value of an option may be. A flag may be a number too; an object list is an array of documents. */
type Kind = 'object' | 'array' | 'objects' | 'string' | 'number' | 'flag'

/** The options whose value must be of one kind, by name: no name means different kinds in two commands. */
const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  ...each('object', ['filter', 'query', 'q', 'projection', 'fields', 'sort', 'let', 'c', 'cursor']),
  ...each('object', ['partialFilterExpression', 'writeConcern', 'readConcern']),
  ...each('objects', ['pipeline', 'documents', 'updates', 'deletes', 'arrayFilters', 'indexes']),
  ...each('array', ['cursors']),
  ...each('string', ['to', 'collection', 'verbosity', 'apiVersion']),
  ...each('number', ['skip', 'limit', 'batchSize', 'maxTimeMS', 'expireAfterSeconds']),
  ...each('flag', [
    'ordered',
    'upsert',
    'multi',
    'new',
    'remove',
    'singleBatch',
    'noCursorTimeout',
    'explain',
  ]),
  ...each('flag', ['nameOnly', 'dropTarget', 'unique', 'sparse', 'apiStrict', 'apiDeprecationErrors']),
  u: ['object', 'objects'],
  update: ['object', 'objects'],
}

const EXPECTED: Readonly<Record<Kind, string>> = {
  object: 'object',
  array: 'array',
  objects: 'array',
  string: 'string',
  number: 'long',
  flag: 'bool',
}

/** Throws code 14 for a value of the wrong type; null counts as absent, as in MongoDB. */
export function refuseWrongType(command: string, option: string, value: unknown): void {
  const kinds = KINDS[option]
  if (!kinds || value === null || value === undefined) return
  for (const kind of kinds) if (isOfKind(kind, value)) return
  const isList = Array.isArray(value) && kinds.includes('objects')
  const [where, found] = isList
    ? wrongElement(`${command}.${option}`, value)
    : [`${command}.${option}`, typeName(rawOf(value).type)]
  const expected = isList ? 'object' : kinds.map(kind => EXPECTED[kind]).join("' or '")
  throw mongoError(
    'TypeMismatch',
    `BSON field '${where}' is the wrong type '${found}', expected type '${expected}'`,
  )
}

function each(kind: Kind, options: readonly string[]): Record<string, readonly Kind[]> {
  return Object.fromEntries(options.map(option => [option, [kind]]))
}

function isOfKind(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'object':
      return isDocument(value)
    case 'array':
      return Array.isArray(value)
    case 'objects':
      return Array.isArray(value) && value.every(isDocument)
    case 'string':
      return typeof value === 'string'
    case 'number':
      return isNumeric(value)
    case 'flag':
      return typeof value === 'boolean' || isNumeric(value)
  }
}

function wrongElement(where: string, list: readonly unknown[]): [where: string, found: string] {
  const at = list.findIndex(element => !isDocument(element))
  return [`${where}.${at}`, typeName(rawOf(list[at]).type)]
}
