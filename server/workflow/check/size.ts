import { isRecord } from '../param-parts.ts'
import type { Problem } from '../problem.ts'

const MOST_NODES = 500
const MOST_EDGES = 2_000
const MOST_PARTS = 200_000

/**
 * Whether a document is small enough to be looked at in detail. Told before anything else, since finding every
 * fault of a huge document would take longer than anyone should wait.
 */
export function checkSize(document: unknown): readonly Problem[] {
  const { nodes, edges } = isRecord(document) ? document : {}
  return [
    ...tooMany(nodes, MOST_NODES, { zh: '个节点', en: 'nodes' }),
    ...tooMany(edges, MOST_EDGES, { zh: '条连线', en: 'edges' }),
    ...(hasMoreParts(document, MOST_PARTS) ? [problem({ zh: '个值', en: 'values' }, MOST_PARTS)] : []),
  ]
}

interface Counted {
  readonly zh: string
  readonly en: string
}

function tooMany(list: unknown, most: number, what: Counted): readonly Problem[] {
  return Array.isArray(list) && list.length > most ? [problem(what, most)] : []
}

function problem({ zh, en }: Counted, most: number): Problem {
  return {
    code: 'TOO_LARGE',
    severity: 'error',
    message: {
      zh: `流程太大：最多 ${most} ${zh}，请拆成几个流程`,
      en: `The workflow is too large: at most ${most} ${en}. Split it into several`,
    },
  }
}

function hasMoreParts(document: unknown, most: number): boolean {
  const pending: unknown[] = [document]
  let parts = 0
  while (pending.length > 0) {
    const value = pending.pop()
    if (typeof value !== 'object' || value === null) continue
    const inside: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
    parts += inside.length
    if (parts > most) return true
    for (const each of inside) pending.push(each)
  }
  return false
}
