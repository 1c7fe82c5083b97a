import type { NodeCounts } from '../api/contract.ts'
import type { CountsByNode } from '../canvas/live-counts.ts'

/** What was counted up to an instant, ms since 1970. */
export interface Snapshot {
  readonly at: number
  readonly counts: CountsByNode
}

/** The numbers since the server started, of the last minute, or from an instant the person chose. */
export type TrafficRange = 'start' | 'minute' | 'now'

const MINUTE_MS = 60_000
const SNAPSHOT_EVERY_MS = 5_000

/** Keeps what is needed to tell the last minute: a snapshot every few seconds, oldest first. */
export function remember(kept: readonly Snapshot[], next: Snapshot): readonly Snapshot[] {
  const last = kept.at(-1)
  // A clock that was set back makes what was kept meaningless.
  if (last && next.at < last.at) return [next]
  if (last && next.at - last.at < SNAPSHOT_EVERY_MS) return kept
  const tooOld = kept.findLastIndex(each => next.at - each.at >= MINUTE_MS)
  return [...kept.slice(Math.max(tooOld, 0)), next]
}

/** What came since `base`. A server that started anew counts from nothing: its numbers stand as they are. */
export function countsSince(counts: CountsByNode, base: CountsByNode | undefined): CountsByNode {
  if (!base) return counts
  return Object.fromEntries(Object.entries(counts).map(([node, each]) => [node, since(each, base[node])]))
}

function since(counts: NodeCounts, base: NodeCounts | undefined): NodeCounts {
  if (!base || base.in > counts.in) return counts
  const entered = counts.in - base.in
  const ports = Object.fromEntries(
    Object.entries(counts.ports).map(([port, through]) => [port, through - (base.ports[port] ?? 0)]),
  )
  const { meanMs, ...rest } = counts
  const spentMs = (meanMs ?? 0) * counts.in - (base.meanMs ?? 0) * base.in
  return {
    ...rest,
    in: entered,
    ports,
    failed: counts.failed - base.failed,
    ...(meanMs !== undefined && entered > 0 ? { meanMs: Math.max(0, spentMs / entered) } : {}),
  }
}

export type Ranking = 'slow' | 'failed' | 'waiting'

export interface Ranked {
  readonly node: string
  /** Milliseconds for `slow`, runs for the others. */
  readonly value: number
}

/** The nodes that matter most by one measure, the worst first; those with nothing to tell are left out. */
export function ranked(counts: CountsByNode, by: Ranking, most: number): readonly Ranked[] {
  return Object.entries(counts)
    .map(([node, each]) => ({ node, value: measure(each, by) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.node.localeCompare(b.node))
    .slice(0, most)
}

function measure(counts: NodeCounts, by: Ranking): number {
  if (by === 'failed') return counts.failed
  if (by === 'waiting') return counts.waiting ?? 0
  return steppedMs(counts.meanMs ?? 0)
}

/** Two digits of a time are all that is read, and all that is drawn again for. */
export function steppedMs(ms: number): number {
  return ms > 0 ? Number(ms.toPrecision(2)) : 0
}

/** Below this nobody waits for a node, however slow the others make it look. */
const SLOW_FROM_MS = 5
/** Fewer visits say nothing about a mean. */
const LEAST_VISITS = 3

/** The node that takes longest, where one takes long enough to matter. */
export function slowestNode(counts: CountsByNode): string | undefined {
  if (!slowest.has(counts)) slowest.set(counts, findSlowest(counts))
  return slowest.get(counts)
}

// Every card asks the same of the same counts: worked out once for each message.
const slowest = new WeakMap<CountsByNode, string | undefined>()

function findSlowest(counts: CountsByNode): string | undefined {
  let found: string | undefined
  let longest = SLOW_FROM_MS
  for (const [node, { in: entered, meanMs = 0 }] of Object.entries(counts)) {
    if (entered < LEAST_VISITS || meanMs < longest) continue
    found = node
    longest = meanMs
  }
  return found
}
