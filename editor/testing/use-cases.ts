import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import type { Page } from '../api/contract.ts'
import type { CaseExpectation, CaseResult, WorkflowCase } from '../api/draft-contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { casesAddress, casesKey } from './queries.ts'

/** A removed case can be brought back for so long. */
const UNDO_MS = 8_000

export interface CasesTried {
  readonly results: ReadonlyMap<string, CaseResult>
  readonly meaning: string
  /** The draft was changed since. */
  readonly stale: boolean
}

export interface Cases {
  readonly tried: CasesTried | undefined
  readonly running: boolean
  readonly run: () => void
  readonly change: (id: string, change: { name?: string; expect?: CaseExpectation }, done?: string) => void
  /** The case that was removed last and can still be brought back. */
  readonly removed: WorkflowCase | undefined
  readonly remove: (kept: WorkflowCase) => void
  readonly undo: () => void
}

/** The kept cases of a workflow: tried on the draft on screen, renamed, removed with a while to think better of it. */
export function useCases(workflow: string, graph: WorkflowGraph, meaning: string): Cases {
  const { t } = useWords()
  const report = useReport()
  const queries = useQueryClient()
  const [tried, setTried] = useState<Omit<CasesTried, 'stale'>>()
  const [removed, setRemoved] = useState<WorkflowCase>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const address = casesAddress(workflow)
  const reread = () => queries.invalidateQueries({ queryKey: casesKey(workflow) })
  const changeFailed = (failure: unknown) =>
    report.failed(failure, why => t('testing.caseChangeFailed', { why }))

  const running = useMutation({
    mutationFn: async () => {
      const { items } = await request<Page<CaseResult>>(`${address}/run`, { method: 'POST', body: { graph } })
      return { results: new Map(items.map(each => [each.id, each])), meaning }
    },
    onSuccess: setTried,
    onError: failure => report.failed(failure, why => t('testing.casesFailedToRun', { why })),
  })
  const changing = useMutation({
    mutationFn: ({ id, change }: { id: string; change: object; done: string | undefined }) =>
      request<WorkflowCase>(`${address}/${encodeURIComponent(id)}`, { method: 'PATCH', body: change }),
    onSuccess: (_, { done }) => {
      if (done) report.done(done)
      return reread()
    },
    onError: changeFailed,
  })
  const removing = useMutation({
    mutationFn: (id: string) => request(`${address}/${encodeURIComponent(id)}`, { method: 'DELETE' }),
    onError: changeFailed,
    onSettled: reread,
  })

  // The document of a case is shown masked: it could not be stored again. So it is removed once nobody wants it back.
  const settle = () => {
    clearTimeout(timer.current)
    if (removed) removing.mutate(removed.id)
    setRemoved(undefined)
  }
  const settleNow = useEffectEvent(settle)
  useEffect(() => () => settleNow(), [])

  return {
    tried: tried && { ...tried, stale: tried.meaning !== meaning },
    running: running.isPending,
    run: () => running.mutate(),
    change: (id, change, done) => {
      changing.mutate({ id, change, done })
      // Its result was measured by the old expectation.
      if (change.expect && tried) {
        const results = new Map(tried.results)
        const old = results.get(id)
        if (old) results.set(id, { ...old, expect: change.expect, passed: true })
        setTried({ ...tried, results })
      }
    },
    removed,
    remove: kept => {
      settle()
      setRemoved(kept)
      timer.current = setTimeout(() => {
        removing.mutate(kept.id)
        setRemoved(undefined)
      }, UNDO_MS)
    },
    undo: () => {
      clearTimeout(timer.current)
      setRemoved(undefined)
    },
  }
}
