import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { Button, Popconfirm } from 'antd'
import type { ReactElement } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { stateOf } from './list.ts'
import css from './RunSwitch.module.css'
import { useWorkflowActions } from './use-workflow-actions.ts'

/** Pauses a workflow that runs, after saying what that means, and resumes one that is paused. */
export function RunSwitch({ workflow }: { workflow: WorkflowDetail }): ReactElement | null {
  const { t } = useWords()
  const actions = useWorkflowActions()
  const state = stateOf(workflow)
  const busy = actions.busy === workflow.id
  if (workflow.archived || state === 'draft') return null
  if (state === 'paused') {
    return (
      <Button
        size="small"
        type="primary"
        icon={<CaretRightOutlined aria-hidden />}
        loading={busy}
        onClick={() => actions.resume(workflow)}
      >
        {t('workflows.resume')}
      </Button>
    )
  }
  return (
    <Popconfirm
      title={t('workflows.pauseTitle', { name: workflow.name })}
      description={<div className={css.effect}>{t('workflows.pauseText')}</div>}
      okText={t('workflows.pause')}
      okButtonProps={{ danger: true }}
      cancelText={t('workflows.keepRunning')}
      onConfirm={() => actions.pause(workflow)}
    >
      <Button size="small" icon={<PauseOutlined aria-hidden />} loading={busy}>
        {t('workflows.pauseThis')}
      </Button>
    </Popconfirm>
  )
}
