import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { WorkflowSummary } from '../api/contract.ts'
import { printExact } from '../api/exact-json.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { downloadText } from './download.ts'
import { fileName } from './file.ts'
import { stateOf } from './list.ts'
import { signed } from './signed.ts'
import { useOffer } from './use-offer.tsx'

/** What an action is done to. */
type Named = Pick<WorkflowSummary, 'id' | 'name' | 'published' | 'paused'>

export interface WorkflowActions {
  readonly rename: (row: Named, name: string) => void
  readonly duplicate: (row: Named) => void
  readonly download: (row: Named) => void
  readonly archive: (row: Named) => void
  readonly unarchive: (row: Named) => void
  readonly pause: (row: Named) => void
  readonly resume: (row: Named) => void
  /** Id of the workflow something is being done to just now. */
  readonly busy: string | undefined
}

interface Doing {
  readonly row: Named
  readonly call: () => Promise<unknown>
  readonly onDone: () => void
}

const address = ({ id }: Named) => `/workflows/${encodeURIComponent(id)}`

/** What can be done to a workflow from the list. Each says how it came out; what takes something away offers it back. */
export function useWorkflowActions(): WorkflowActions {
  const { t } = useWords()
  const report = useReport()
  const offer = useOffer()
  const queries = useQueryClient()
  const doing = useMutation({
    mutationFn: ({ call }: Doing) => call(),
    onSuccess: (_, { onDone }) => onDone(),
    onError: (failure, { row }) =>
      report.failed(failure, why => t('workflows.actionFailed', { name: row.name, why })),
    // Also after a refusal: somebody else may have done something to it meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: ['workflows'] }),
  })
  const post = (row: Named, verb: string, body: object | undefined, onDone: () => void) =>
    doing.mutate({
      row,
      call: () => request(`${address(row)}/${verb}`, body ? { method: 'POST', body } : { method: 'POST' }),
      onDone,
    })

  const patched = (row: Named, change: object) =>
    request(address(row), { method: 'PATCH', body: { ...change, ...signed() } })
  // An archived workflow comes back paused: taking the archiving back starts again what ran before it.
  const bringBack = (row: Named, running: boolean) =>
    doing.mutate({
      row,
      call: async () => {
        await patched(row, { archived: false })
        if (running) await request(`${address(row)}/resume`, { method: 'POST' })
      },
      onDone: () => report.done(t('workflows.unarchived', { name: row.name })),
    })
  return {
    rename: (row, name) =>
      doing.mutate({
        row,
        call: () => patched(row, { name }),
        onDone: () => report.done(t('workflows.renamed', { name })),
      }),
    duplicate: row => {
      const name = t('workflows.copyOf', { name: row.name }).slice(0, 120)
      post(row, 'duplicate', { name, ...signed() }, () => report.done(t('workflows.duplicated', { name })))
    },
    download: row =>
      doing.mutate({
        row,
        call: async () => {
          const file = await request(`${address(row)}/export`)
          downloadText(printExact(file, 2), fileName(row.name), 'application/json')
        },
        onDone: () => report.done(t('workflows.exported', { file: fileName(row.name) })),
      }),
    archive: row =>
      doing.mutate({
        row,
        call: () => patched(row, { archived: true }),
        onDone: () =>
          offer(t('workflows.archived', { name: row.name }), t('workflows.undo'), () =>
            bringBack(row, stateOf(row) === 'running'),
          ),
      }),
    unarchive: row => bringBack(row, false),
    pause: row =>
      post(row, 'pause', undefined, () => report.done(t('workflows.pausedNow', { name: row.name }))),
    resume: row =>
      post(row, 'resume', undefined, () => report.done(t('workflows.resumedNow', { name: row.name }))),
    busy: doing.isPending ? doing.variables.row.id : undefined,
  }
}
