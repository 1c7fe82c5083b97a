import type { Problem } from '../../server/workflow/problem.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { DraftConflict, DraftSaved } from '../api/draft-contract.ts'
import { RequestFailure } from '../api/request.ts'
import { createStore, type Store } from '../live/store.ts'
import type { BackupShelf } from './backup.ts'
import { begin, type History, rebase, redo, step, undo } from './history.ts'
import { type Conflict, mergeGraphs } from './merge.ts'
import { same } from './same.ts'

/** After the last change, so that a word typed is one save. */
const SAVE_AFTER_MS = 700
const BACKUP_AFTER_MS = 120
const RETRY_AFTER_MS = 4_000

/** Whether the server has what is on screen. */
export type Saving = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused'

export interface DraftState {
  readonly history: History<WorkflowGraph>
  readonly rev: number
  readonly saving: Saving
  /** Why the server will not take it, where `saving` is `refused`. */
  readonly failure?: unknown
  readonly problems: readonly Problem[]
  /** What somebody else changed differently; mine is on screen until one is chosen. */
  readonly conflicts: readonly Conflict[]
  /** Whose changes came in last, and how often that happened. */
  readonly adopted: { readonly by: string; readonly count: number }
  /** True when changes of an earlier visit were brought back on opening. */
  readonly broughtBack: boolean
}

/** The server's side of a draft. */
export interface DraftServer {
  save(graph: WorkflowGraph, rev: number): Promise<DraftSaved>
  load(): Promise<{ readonly graph: WorkflowGraph; readonly rev: number; readonly by: string }>
  check(graph: WorkflowGraph): Promise<readonly Problem[]>
}

/** A draft being edited: every change is kept, saved by itself, and can be taken back. */
export interface Draft {
  readonly state: Store<DraftState>
  change(edit: (graph: WorkflowGraph) => WorkflowGraph, merge?: string): void
  undo(): void
  redo(): void
  /** Saves now and says when the server has everything. @throws what kept it from being saved */
  flush(): Promise<void>
  /** Takes in what others saved, below what was changed here. @param rev what they saved, where that is known */
  refresh(rev?: number): Promise<void>
  /** Whose version of a conflict is to stand. */
  resolve(conflict: Conflict, whose: 'mine' | 'theirs'): void
  close(): void
}

interface Opened {
  readonly workflow: string
  readonly graph: WorkflowGraph
  readonly rev: number
  readonly server: DraftServer
  readonly shelf: BackupShelf
  /** Puts cards of a drawing that has no places yet where they can be read. No change of its own. */
  readonly settle: (graph: WorkflowGraph) => WorkflowGraph
}

export function openDraft({ workflow, graph, rev, server, shelf, settle }: Opened): Draft {
  /** What the server has, as far as we know: what a save or a merge begins from. */
  let base = settle(graph)
  let saveTimer: ReturnType<typeof setTimeout> | undefined
  let backupTimer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let closed = false

  const kept = shelf.read(workflow)
  const found = kept ? mergeGraphs(kept.base, kept.graph, base) : { graph: base, conflicts: [] }
  const state = createStore<DraftState>({
    history: begin(found.graph),
    rev,
    saving: 'saved',
    problems: [],
    conflicts: found.conflicts,
    adopted: { by: '', count: 0 },
    broughtBack: kept !== undefined && !same(found.graph, base),
  })
  const patch = (change: Partial<DraftState>) => state.set({ ...state.get(), ...change })
  const present = () => state.get().history.present

  function backUp(): void {
    clearTimeout(backupTimer)
    backupTimer = undefined
    shelf.keep(workflow, { rev: state.get().rev, base, graph: present() })
  }

  function changed(history: History<WorkflowGraph>): void {
    if (history === state.get().history) return
    patch({ history, saving: 'waiting', broughtBack: false })
    backupTimer ??= setTimeout(backUp, BACKUP_AFTER_MS)
    later(SAVE_AFTER_MS)
  }

  function later(afterMs: number): void {
    clearTimeout(saveTimer)
    if (!closed) saveTimer = setTimeout(() => void save().catch(() => undefined), afterMs)
  }

  /** One save at a time; what changes meanwhile is saved after it. */
  function save(): Promise<void> {
    clearTimeout(saveTimer)
    running ??= saveAll().finally(() => {
      running = undefined
    })
    return running
  }

  async function saveAll(): Promise<void> {
    while (!same(present(), base)) {
      const graph = present()
      patch({ saving: 'saving' })
      try {
        const saved = await server.save(graph, state.get().rev)
        base = graph
        patch({ rev: saved.rev, problems: saved.problems })
      } catch (failure) {
        const theirs = conflictOf(failure)
        if (theirs) takeIn(theirs.graph, theirs.rev, theirs.by)
        else return giveUp(failure)
      }
    }
    clearTimeout(backupTimer)
    backupTimer = undefined
    shelf.drop(workflow)
    patch({ saving: 'saved', failure: undefined })
  }

  function giveUp(failure: unknown): never {
    const passing = failure instanceof RequestFailure && (failure.status === 0 || failure.status >= 500)
    patch({ saving: passing ? 'offline' : 'refused', failure })
    backUp()
    if (passing) later(RETRY_AFTER_MS)
    throw failure
  }

  /** Somebody else's drawing comes in below ours: into every state that can be gone back to as well. */
  function takeIn(theirs: WorkflowGraph, rev: number, by: string): void {
    const before = base
    base = settle(theirs)
    const { conflicts } = mergeGraphs(before, present(), base)
    const history = rebase(state.get().history, each => mergeGraphs(before, each, base).graph)
    const { adopted, conflicts: earlier } = state.get()
    patch({
      history,
      rev,
      conflicts: [...earlier, ...conflicts],
      adopted: { by, count: adopted.count + 1 },
    })
  }

  function resolve(conflict: Conflict, whose: 'mine' | 'theirs'): void {
    const { history, conflicts } = state.get()
    patch({ conflicts: conflicts.filter(each => each !== conflict) })
    if (whose === 'mine') return
    changed(step(history, withValue(history.present, conflict), Date.now()))
  }

  async function look(): Promise<void> {
    const graph = present()
    const problems = await server.check(graph)
    if (graph === present()) patch({ problems })
  }

  if (same(present(), base)) shelf.drop(workflow)
  else if (kept) later(0)
  look().catch(() => undefined)

  return {
    state,
    change: (edit, merge) => {
      const { history } = state.get()
      changed(step(history, edit(history.present), Date.now(), merge))
    },
    undo: () => changed(undo(state.get().history)),
    redo: () => changed(redo(state.get().history)),
    async flush() {
      while (!same(present(), base) || running) await save()
    },
    async refresh(rev = Number.POSITIVE_INFINITY) {
      // Our own save tells of itself as well, sometimes before its answer is here.
      await running?.catch(() => undefined)
      if (rev <= state.get().rev) return
      const theirs = await server.load()
      if (theirs.rev <= state.get().rev) return
      takeIn(theirs.graph, theirs.rev, theirs.by)
      if (same(present(), base)) patch({ saving: 'saved' })
      else later(SAVE_AFTER_MS)
      look().catch(() => undefined)
    },
    resolve,
    close() {
      if (!same(present(), base)) {
        backUp()
        void save().catch(() => undefined)
      }
      closed = true
      clearTimeout(saveTimer)
    },
  }
}

function conflictOf(failure: unknown): DraftConflict | undefined {
  return failure instanceof RequestFailure && failure.code === 'DRAFT_CHANGED'
    ? (failure.details as DraftConflict)
    : undefined
}

/** The drawing with the other one's value where two were at odds. */
function withValue(graph: WorkflowGraph, { node: id, path, theirs }: Conflict): WorkflowGraph {
  const [part, key] = path.split('/')
  return {
    ...graph,
    nodes: graph.nodes.map(node => {
      if (node.id !== id) return node
      if (part !== 'params' || key === undefined) return { ...node, [part!]: theirs }
      const { [key]: _, ...others } = node.params
      return { ...node, params: theirs === undefined ? others : { ...others, [key]: theirs } }
    }),
  }
}
