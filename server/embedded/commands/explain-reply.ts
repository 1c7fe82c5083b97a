import type { Document } from 'bson'
import type { Access } from '../store/access.ts'
import type { Collection } from '../store/catalog.ts'
import type { Query, QuerySpec } from '../store/query.ts'
import type { Call } from './command.ts'
import { readMatches } from './reader.ts'

/** What `explain` says about a query: its stages by MongoDB's names, the innermost last. */
export function explainPlan({ store, database }: Call, collection: Collection | undefined, spec: QuerySpec) {
  if (!collection) return { queryPlanner: { namespace: database, winningPlan: { stage: 'EOF' } } }
  const query = store.query(collection, spec)
  return {
    queryPlanner: {
      namespace: `${database}.${collection.name}`,
      parsedQuery: spec.filter,
      winningPlan: winningPlan(query, spec),
      rejectedPlans: [],
    },
  }
}

/** Runs the query to count what it looks at. */
export async function executionStats({ store }: Call, collection: Collection | undefined, spec: QuerySpec) {
  if (!collection) return { executionSuccess: true, nReturned: 0, totalKeysExamined: 0, totalDocsExamined: 0 }
  const startedAt = performance.now()
  const query = store.query(collection, spec)
  let returned = 0
  await readMatches(query, () => ++returned > 0, Number.POSITIVE_INFINITY)
  return {
    executionSuccess: true,
    nReturned: returned,
    executionTimeMillis: Math.round(performance.now() - startedAt),
    totalKeysExamined: query.plan.access.kind === 'scan' ? 0 : query.examined(),
    totalDocsExamined: query.examined(),
    executionStages: winningPlan(query, spec),
  }
}

function winningPlan({ plan }: Query, { sort }: QuerySpec): Document {
  const inner = describe(plan.access)
  const sorts = sort && Object.keys(sort).length > 0 && !plan.ordered
  return sorts ? { stage: 'SORT', sortPattern: sort, inputStage: inner } : inner
}

function describe(access: Access): Document {
  switch (access.kind) {
    case 'scan':
      return { stage: 'COLLSCAN', direction: directionOf(access.reverse) }
    case 'ids':
      return access.keys.length === 1
        ? { stage: 'IDHACK' }
        : indexStage('_id_', { _id: 1 }, access.reverse, access.keys.length)
    case 'idRange':
      return indexStage('_id_', { _id: 1 }, access.reverse, access.ranges.length)
    case 'index':
      return indexStage(access.index.name, access.index.spec.key, access.reverse, access.ranges.length)
    case 'merge':
      return {
        stage: 'SORT_MERGE',
        inputStage: indexStage(
          access.index.name,
          access.index.spec.key,
          access.reverse,
          access.ranges.length,
        ),
      }
    case 'union':
      return { stage: 'OR', inputStages: access.branches.map(describe) }
  }
}

function indexStage(indexName: string, keyPattern: Document, reverse: boolean, ranges: number): Document {
  const scan = { stage: 'IXSCAN', indexName, keyPattern, direction: directionOf(reverse), ranges }
  return { stage: 'FETCH', inputStage: scan }
}

function directionOf(reverse: boolean): string {
  return reverse ? 'backward' : 'forward'
}
