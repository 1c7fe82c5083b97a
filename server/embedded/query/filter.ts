import type { Document } from 'bson'
import type { MatchDetails } from './condition.ts'
import { documentTest } from './document-test.ts'

/** A compiled filter. */
export interface Filter {
  /** Whether the document matches. */
  matches(raw: Uint8Array): boolean
  /** Index of the array element that made the document match, for the positional `$`; undefined without one. */
  positionOf(raw: Uint8Array): number | undefined
}

/** Compiles a filter document; throws MongoError (code 2) for what MongoDB or this store refuses. */
export function compileFilter(filter: Document, options: { let?: Document } = {}): Filter {
  const test = documentTest(filter, { let: options.let })
  return {
    matches(raw) {
      return test(raw, 0)
    },
    positionOf(raw) {
      const details: MatchDetails = {}
      test(raw, 0, details)
      return details.position
    },
  }
}
