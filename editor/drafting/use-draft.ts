import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { portsOf } from '../../server/workflow/ports.ts'
import type { Problem } from '../../server/workflow/problem.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { WorkflowDetail } from '../api/contract.ts'
import type { DraftSaved } from '../api/draft-contract.ts'
import { request } from '../api/request.ts'
import { layOut } from '../canvas/layout.ts'
import { preferences } from '../look/preferences.ts'
import { backupShelf } from './backup.ts'
import { type Draft, type DraftServer, openDraft } from './draft.ts'
import { type Manifests, place } from './edit.ts'

/** The draft of a workflow, opened while the component is on screen; undefined for its first moment. */
export function useDraft(workflow: WorkflowDetail, manifests: Manifests): Draft | undefined {
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Draft>()
  const { id } = workflow
  // Opened once for each workflow: what others save comes in through the draft itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said
  useEffect(() => {
    const opened = openDraft({
      workflow: id,
      graph: workflow.draft,
      rev: workflow.draftRev,
      server: draftServer(id),
      shelf: backupShelf(localStorage),
      settle: settler(manifests),
    })
    setDraft(opened)
    return () => {
      opened.close()
      void queries.invalidateQueries({ queryKey: ['workflows'] })
    }
  }, [id, manifests])
  return draft
}

function draftServer(id: string): DraftServer {
  const path = `/workflows/${encodeURIComponent(id)}`
  return {
    save: (graph, rev) =>
      request<DraftSaved>(`${path}/draft`, {
        method: 'PUT',
        body: { graph, rev, by: preferences.get().signature },
      }),
    async load() {
      const { draft, draftRev, updatedBy = '' } = await request<WorkflowDetail>(path)
      return { graph: draft, rev: draftRev, by: updatedBy }
    },
    async check(graph) {
      const { problems } = await request<{ problems: readonly Problem[] }>(`${path}/check`, {
        method: 'POST',
        body: { graph },
      })
      return problems
    },
  }
}

/** Gives cards without a place one, and those that stand too close some room. */
export function settler(manifests: Manifests): (graph: WorkflowGraph) => WorkflowGraph {
  return graph => {
    if (graph.nodes.length === 0) return graph
    const { cards } = layOut(graph, ({ type, params }) => {
      const manifest = manifests.get(type)
      return manifest ? Object.keys(portsOf(manifest, params)).length : 1
    })
    return place(graph, cards)
  }
}
