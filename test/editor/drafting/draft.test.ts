import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RequestFailure } from '../../../editor/api/request.ts'
import { backupShelf } from '../../../editor/drafting/backup.ts'
import { type Draft, type DraftServer, openDraft } from '../../../editor/drafting/draft.ts'
import { addNode, setLabel } from '../../../editor/drafting/edit.ts'
import { same } from '../../../editor/drafting/same.ts'
import type { WorkflowGraph } from '../../../server/workflow/workflow.ts'
import { aGraph, aNode } from './graphs.ts'

const first = aGraph([aNode('start')])

/** A server with one draft, as strict about revisions as the real one. */
function aServer() {
  const held = { graph: first as WorkflowGraph, rev: 1, by: '' }
  let reachable = true
  let saves = 0
  const server: DraftServer = {
    async save(graph, rev) {
      if (!reachable) throw new RequestFailure(0, 'UNREACHABLE', 'nobody there')
      if (rev !== held.rev) throw new RequestFailure(409, 'DRAFT_CHANGED', 'changed', { ...held })
      saves++
      Object.assign(held, { graph, rev: held.rev + 1, by: 'me' })
      return { rev: held.rev, problems: [] }
    },
    load: async () => ({ ...held }),
    check: async () => [],
  }
  return {
    server,
    held,
    saves: () => saves,
    cutOff: (off: boolean) => {
      reachable = !off
    },
    /** Somebody else saves. */
    other: (change: (graph: WorkflowGraph) => WorkflowGraph) =>
      Object.assign(held, { graph: change(held.graph), rev: held.rev + 1, by: '小王' }),
  }
}

/** A browser's storage. */
function aShelf() {
  const kept = new Map<string, string>()
  return backupShelf({
    getItem: key => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: key => void kept.delete(key),
  })
}

let there: ReturnType<typeof aServer>
let shelf: ReturnType<typeof aShelf>
let draft: Draft

function open(): Draft {
  const { graph, rev } = there.held
  return openDraft({ workflow: 'w', graph, rev, server: there.server, shelf, settle: each => each })
}
const ids = () => draft.state.get().history.present.nodes.map(({ id }) => id)
const add = (id: string) => draft.change(graph => addNode(graph, aNode(id)))

beforeEach(() => {
  vi.useFakeTimers()
  there = aServer()
  shelf = aShelf()
  draft = open()
})
afterEach(() => {
  draft.close()
  vi.useRealTimers()
})

describe('a draft', () => {
  it('saves by itself a moment after the last change, and once for many', async () => {
    add('a')
    add('b')
    expect(draft.state.get().saving).toBe('waiting')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(there.held.graph.nodes.map(({ id }) => id)).toEqual(['start', 'a', 'b'])
    expect(there.saves()).toBe(1)
    expect(draft.state.get().saving).toBe('saved')
  })

  it('takes changes back and brings them again, and saves that too', async () => {
    add('a')
    add('b')
    draft.undo()
    expect(ids()).toEqual(['start', 'a'])
    draft.undo()
    draft.redo()
    await draft.flush()
    expect(there.held.graph.nodes.map(({ id }) => id)).toEqual(['start', 'a'])
  })

  it('takes a word typed back as one', () => {
    for (const word of ['去', '去重', '去重窗'])
      draft.change(graph => setLabel(graph, 'start', word), 'label start')
    draft.undo()
    expect(draft.state.get().history.present.nodes[0]?.label).toBeUndefined()
  })

  it('keeps what it could not save, says so, and saves it once the server is back', async () => {
    there.cutOff(true)
    add('a')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(draft.state.get().saving).toBe('offline')
    there.cutOff(false)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(there.held.graph.nodes).toHaveLength(2)
  })

  it('brings back after a reload what the server never got, over what others saved meanwhile', async () => {
    there.cutOff(true)
    add('mine')
    await vi.advanceTimersByTimeAsync(200)
    // The page is gone from one moment to the next: nothing is closed properly.
    there.other(graph => addNode(graph, aNode('theirs')))
    draft = open()
    expect(ids()).toEqual(['start', 'mine', 'theirs'])
    expect(draft.state.get().broughtBack).toBe(true)
    there.cutOff(false)
    await draft.flush()
    expect(there.held.graph.nodes).toHaveLength(3)
  })

  it('takes in what somebody else saved, below what was changed here', async () => {
    add('mine')
    there.other(graph => addNode(graph, aNode('theirs')))
    await draft.refresh(there.held.rev)
    expect(ids()).toEqual(['start', 'mine', 'theirs'])
    expect(draft.state.get().adopted).toEqual({ by: '小王', count: 1 })
    draft.undo()
    expect(ids()).toEqual(['start', 'theirs'])
    await draft.flush()
    expect(same(there.held.graph, draft.state.get().history.present)).toBe(true)
  })

  it('finds out by itself what was saved while nobody told it', async () => {
    there.other(graph => addNode(graph, aNode('theirs')))
    await draft.refresh()
    expect(ids()).toEqual(['start', 'theirs'])
    await draft.refresh()
    expect(draft.state.get().adopted.count).toBe(1)
  })

  it('loses neither side when both save at the same moment', async () => {
    add('mine')
    there.other(graph => addNode(graph, aNode('theirs')))
    await draft.flush()
    expect(there.held.graph.nodes.map(({ id }) => id).sort()).toEqual(['mine', 'start', 'theirs'])
  })

  it('asks where both changed the same thing, and does as it is told', async () => {
    draft.change(graph => setLabel(graph, 'start', '我的'))
    there.other(graph => setLabel(graph, 'start', '他的'))
    await draft.flush()
    const [conflict] = draft.state.get().conflicts
    expect(conflict).toMatchObject({ node: 'start', path: 'label', mine: '我的', theirs: '他的' })
    draft.resolve(conflict!, 'theirs')
    await draft.flush()
    expect(there.held.graph.nodes[0]?.label).toBe('他的')
    expect(draft.state.get().conflicts).toEqual([])
  })
})
