import type { Document } from 'bson'
import { isDocument } from '../bson/document.ts'
import { type Node, wrapped } from '../bson/node.ts'
import { mongoError } from '../errors.ts'
import { compileFilter } from '../query/filter.ts'

/** Tells by identifier whether an array element is chosen. */
export type ArrayFilters = ReadonlyMap<string, (element: Node) => boolean>

/** Compiles `arrayFilters`; throws MongoError (code 9 or 2) for malformed ones. */
export function compileArrayFilters(filters: readonly Document[]): ArrayFilters {
  const compiled = new Map<string, (element: Node) => boolean>()
  for (const filter of filters) {
    const identifier = identifierIn(filter)
    if (compiled.has(identifier))
      throw mongoError(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${identifier}`,
      )
    const { matches } = compileFilter(filter)
    compiled.set(identifier, element => matches(wrapped(identifier, element)))
  }
  return compiled
}

function identifierIn(filter: Document): string {
  const names = [...new Set(topLevelNames(filter))]
  const [identifier, other] = names
  if (identifier === undefined)
    throw mongoError(
      'FailedToParse',
      'Cannot use an expression without a top-level field name in arrayFilters',
    )
  if (other !== undefined)
    throw mongoError(
      'FailedToParse',
      `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${identifier}' and '${other}'`,
    )
  if (!/^[a-z][a-zA-Z0-9]*$/.test(identifier))
    throw mongoError(
      'BadValue',
      'Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string ' +
        `beginning with a lowercase letter, found '${identifier}'`,
    )
  return identifier
}

function topLevelNames(filter: Document): string[] {
  return Object.entries(filter).flatMap(([name, condition]) => {
    if (!name.startsWith('$')) return [name.split('.')[0]!]
    return Array.isArray(condition) ? condition.filter(isDocument).flatMap(topLevelNames) : []
  })
}
