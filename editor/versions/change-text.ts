import { diffGraphs } from '../../server/workflow/diff.ts'
import type { Text } from '../../server/workflow/text.ts'
import type { ChangeInWords, VersionDiff } from '../api/draft-contract.ts'
import type { DiffMark } from '../canvas/drawing.ts'
import type { T } from '../i18n/i18n.ts'

/** What happened to a part of the drawing, as the canvas marks it. */
export function markOf({ kind }: Pick<ChangeInWords, 'kind'>): DiffMark {
  if (kind.endsWith('-added')) return 'added'
  return kind.endsWith('-removed') ? 'removed' : 'changed'
}

export function markWord(mark: DiffMark, t: T): string {
  const words = { added: 'versions.added', removed: 'versions.removed', changed: 'versions.changed' } as const
  return t(words[mark])
}

/** Changes that stand under one heading: those of one node, all lines, or the drawing as a whole. */
export interface ChangeGroup {
  readonly about: 'node' | 'lines' | 'drawing'
  readonly changes: readonly ChangeInWords[]
}

/** Changes under their headings, in the order in which these are first told of. */
export function grouped(changes: readonly ChangeInWords[]): readonly ChangeGroup[] {
  const groups = new Map<string, { about: ChangeGroup['about']; changes: ChangeInWords[] }>()
  for (const change of changes) {
    const about = change.kind.startsWith('edge-') ? 'lines' : change.node === undefined ? 'drawing' : 'node'
    const key = about === 'node' ? `node ${change.node}` : about
    const group = groups.get(key) ?? { about, changes: [] }
    group.changes.push(change)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/**
 * The changes of a comparison with the node each line starts from, so that a line can be gone to as well. Lines
 * are told in the order in which the two drawings have them.
 */
export function withPlaces({ from, to, changes }: VersionDiff): readonly ChangeInWords[] {
  const { edges } = diffGraphs(from, to)
  const left = { 'edge-added': [...edges.added], 'edge-removed': [...edges.removed] }
  return changes.map(change => {
    if (change.kind !== 'edge-added' && change.kind !== 'edge-removed') return change
    const edge = left[change.kind].shift()
    return edge && change.node === undefined ? { ...change, node: edge.from } : change
  })
}

/** One change without its heading: 「去重窗口：3 分钟 → 5 分钟」. */
export function changeText(change: ChangeInWords, t: T, say: (text: Text | undefined) => string): string {
  const what = say(change.what)
  const before = say(change.before)
  const after = say(change.after)
  switch (change.kind) {
    case 'node-added':
      return after || what || t('versions.nodeAdded')
    case 'node-removed':
      return before || what || t('versions.nodeRemoved')
    case 'edge-added':
      return after || what
    case 'edge-removed':
      return before || what
    case 'description':
    case 'node-changed':
      return t('versions.fromTo', {
        what: what || t('versions.description'),
        before: before || t('versions.nothing'),
        after: after || t('versions.nothing'),
      })
  }
}
