import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { type ReactElement, useEffect } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { PublishForm } from './PublishForm.tsx'
import { readBeforePublish } from './queries.ts'

/** Saves the draft, asks what publishing it would mean, and shows that. */
export function PublishDialog(props: {
  workflow: WorkflowDetail
  open: boolean
  flush: () => Promise<void>
  onClose: () => void
  onTest: () => void
  onJump: (node: string) => void
  onPublished: () => void
}): ReactElement {
  const { workflow, open, flush } = props
  const { t } = useWords()
  const queries = useQueryClient()
  const look = useMutation({
    mutationFn: async () => {
      await flush()
      return readBeforePublish(workflow.id)
    },
    onSuccess: before =>
      queries.setQueriesData({ queryKey: ['workflows', workflow.id, 'before-publish'] }, before),
  })
  const { mutate, reset } = look
  useEffect(() => {
    if (open) mutate()
    else reset()
  }, [open, mutate, reset])
  return (
    <Modal
      open={open}
      title={
        look.data
          ? t('versions.publishTitle', { name: workflow.name, n: look.data.version })
          : t('versions.publishing', { name: workflow.name })
      }
      width={680}
      style={{ top: 40 }}
      footer={null}
      destroyOnHidden
      closable={{ 'aria-label': t('parts.close') }}
      onCancel={props.onClose}
    >
      {look.isError ? (
        <Failed failure={look.error} onRetry={() => mutate()} />
      ) : look.data ? (
        <PublishForm
          // What is ticked was ticked for what was seen: another look begins anew.
          key={look.submittedAt}
          workflow={workflow}
          before={look.data}
          onLookAgain={() => mutate()}
          onClose={props.onClose}
          onTest={props.onTest}
          onJump={props.onJump}
          onPublished={props.onPublished}
        />
      ) : (
        <Loading rows={6} />
      )}
    </Modal>
  )
}
