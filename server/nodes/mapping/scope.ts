import type { Text } from '../../workflow/text.ts'
import { compilePath } from '../path.ts'

/** Where a mapping reads from: the document, and the entry at hand inside an item list. */
export interface Scope {
  readonly root: unknown
  /** The document itself outside item lists. */
  entry: unknown
}

export type ScopeReader = (scope: Scope) => unknown

/**
 * Compiles a source path. It is relative to the entry at hand; `$.` before it starts at the document, so
 * that an item may read a field of its order.
 */
export function compileSource(path: string): ScopeReader | undefined {
  if (path === '$') return scope => scope.root
  const fromRoot = path.startsWith('$.') || path.startsWith('$[')
  const read = compilePath(fromRoot ? path.slice(path[1] === '.' ? 2 : 1) : path)
  if (!read) return undefined
  return fromRoot ? scope => read(scope.root) : scope => read(scope.entry)
}

/** One thing wrong with a mapping; `at` is the path inside it: `fields/0/transforms/1/zone`. */
export interface MappingProblem {
  readonly code: string
  readonly at: string
  readonly message: Text
}
