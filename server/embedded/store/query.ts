import type { Document } from 'bson'
import { lowestKey } from '../bson/index-keys.ts'
import { mongoError } from '../errors.ts'
import { compileFilter, type Filter } from '../query/filter.ts'
import { sortFields } from '../query/sort.ts'
import { indexesOf, openAccess } from './access.ts'
import type { Catalog, Collection } from './catalog.ts'
import type { Stored } from './documents.ts'
import { type DistinctAccess, distinctAccess, distinctDocuments } from './index-distinct.ts'
import { memoryGuard } from './memory-guard.ts'
import { type Plan, planFor } from './planner.ts'
import type { Tree } from './tree.ts'

export interface QuerySpec {
  filter: Document
  let?: Document
  sort?: Document
  skip?: number
  /** 0 or absent: no limit. */
  limit?: number
  hint?: string | Document
  /** Of the documents with the same value of this field one is enough; there may be more. No order then. */
  distinct?: string
}

/** Why a run ended: nothing is left; `take` had enough; the budget of candidates is used up. */
type RunEnd = 'exhausted' | 'satisfied' | 'paused'

/** A query on its way. Between two runs it holds nothing of the database. */
export interface Query {
  readonly plan: Plan
  readonly filter: Filter
  /**
   * Hands matches to `take`, which answers whether it wants more, until nothing is left or `budget` candidates
   * have been looked at.
   */
  run(take: (match: Stored) => boolean, budget?: number): RunEnd
  /** How many candidates have been looked at so far. */
  examined(): number
}

/** Starts a query. It fails with QueryPlanKilled when what it reads is dropped between two runs. */
export function openQuery(tree: Tree, catalog: Catalog, collection: Collection, spec: QuerySpec): Query {
  const filter = compileFilter(spec.filter, { let: spec.let })
  const sort = spec.sort && Object.keys(spec.sort).length > 0 ? spec.sort : undefined
  if (sort && Object.keys(sort).join() !== '$natural') sortFields(sort)
  const leap = spec.distinct === undefined ? undefined : distinctAccess(collection, spec, spec.distinct)
  const plan = leap ? planOf(leap) : planFor(collection, spec)
  const stream = leap
    ? distinctDocuments(tree, collection.table, leap)
    : openAccess(tree, collection.table, plan.access)
  const skip = spec.skip ?? 0
  const limit = spec.limit || Number.POSITIVE_INFINITY
  let examined = 0

  function refuseIfDropped(): void {
    const { database, name, table } = collection
    const now = catalog.find(database, name)
    const stands =
      now?.table === table &&
      indexesOf(plan.access).every(index => now.indexes.some(one => one.table === index.table))
    if (!stands) throw mongoError('QueryPlanKilled', `collection or index dropped: ${database}.${name}`)
  }

  /** Runs over the matches in the order of the access. */
  function matches(take: (match: Stored) => boolean, budget: number): RunEnd {
    refuseIfDropped()
    try {
      for (let left = budget; left > 0; left--) {
        const candidate = stream.next()
        if (!candidate) return 'exhausted'
        examined++
        if (filter.matches(candidate.raw) && !take(candidate)) return 'satisfied'
      }
      return 'paused'
    } finally {
      stream.pause()
    }
  }

  const source = plan.ordered || !sort ? matches : sorted(matches, sort, skip + limit)
  return { plan, filter, run: windowed(source, skip, limit), examined: () => examined }
}

/** To others it looks like the index it reads, of which it leaves most out. */
function planOf({ index, found }: DistinctAccess): Plan {
  return { access: { kind: 'index', index, ranges: found.ranges, reverse: false }, ordered: true }
}

type Run = (take: (match: Stored) => boolean, budget: number) => RunEnd

/** Leaves out the first `skip` matches and ends after `limit` more. */
function windowed(source: Run, skip: number, limit: number): Query['run'] {
  let toSkip = skip
  let left = limit
  return (take, budget = Number.POSITIVE_INFINITY) => {
    if (left === 0) return 'exhausted'
    const end = source(match => {
      if (toSkip > 0) {
        toSkip--
        return true
      }
      left--
      return take(match) && left > 0
    }, budget)
    return left === 0 ? 'exhausted' : end
  }
}

/** Gathers all matches, then runs over them in order; with a bound only about the first `wanted` are kept. */
function sorted(source: Run, sort: Document, wanted: number): Run {
  const fields = sortFields(sort)
  const room = Math.max(1000, wanted * 2)
  let gathered: { key: Buffer; match: Stored }[] = []
  let weigh = memoryGuard()
  let inOrder: Stored[] | undefined
  let at = 0
  /** The last key of those that are wanted so far: what comes behind it is not. */
  let worst: Buffer | undefined

  function gather(match: Stored): boolean {
    const key = lowestKey(match.raw, fields)
    if (worst && key.compare(worst) >= 0) return true
    weigh(match.raw)
    gathered.push({ key, match })
    if (gathered.length >= room) {
      arrange()
      weigh = memoryGuard()
    }
    return true
  }

  function arrange(): void {
    gathered = gathered.sort((a, b) => a.key.compare(b.key)).slice(0, wanted)
    worst = gathered[wanted - 1]?.key
  }

  return (take, budget) => {
    if (!inOrder) {
      const end = source(gather, budget)
      if (end !== 'exhausted') return end
      arrange()
      inOrder = gathered.map(({ match }) => match)
    }
    while (at < inOrder.length) if (!take(inOrder[at++]!)) return 'satisfied'
    return 'exhausted'
  }
}
