import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import type { WorkflowDetail } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { type FileFault, readWorkflowFile } from './file.ts'
import { signed } from './signed.ts'

const faults = {
  'too-large': 'workflows.fileTooLarge',
  'not-json': 'workflows.fileNotJson',
  'not-workflow': 'workflows.fileNotWorkflow',
} as const satisfies Record<FileFault, string>

export interface Import {
  readonly isPending: boolean
  readonly take: (files: readonly File[]) => void
}

/** Makes workflows of exported files. A single one is opened at once; each that does not work out says why. */
export function useImport(): Import {
  const { t } = useWords()
  const report = useReport()
  const navigate = useNavigate()
  const queries = useQueryClient()

  const one = async (file: File): Promise<WorkflowDetail | undefined> => {
    try {
      const reading = await readWorkflowFile(file)
      if ('fault' in reading) throw new Error(t(faults[reading.fault]))
      return await request<WorkflowDetail>('/workflows/import', {
        method: 'POST',
        body: { ...reading.document, ...signed() },
      })
    } catch (failure) {
      report.failed(failure, why => t('workflows.importFailed', { file: file.name, why }))
      return undefined
    }
  }
  const importing = useMutation({
    mutationFn: async (files: readonly File[]) => {
      const made: WorkflowDetail[] = []
      for (const file of files) {
        const workflow = await one(file)
        if (workflow) made.push(workflow)
      }
      return made
    },
    onSuccess: (made, files) => {
      void queries.invalidateQueries({ queryKey: ['workflows'] })
      const [first] = made
      if (!first) return
      if (files.length > 1) return report.done(t('workflows.importedMany', { count: made.length }))
      report.done(t('workflows.imported', { name: first.name }))
      void navigate(`/workflows/${encodeURIComponent(first.id)}`)
    },
  })
  return {
    isPending: importing.isPending,
    take: files => {
      if (files.length > 0) importing.mutate(files)
    },
  }
}
