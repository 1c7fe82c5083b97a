import { EllipsisOutlined } from '@ant-design/icons'
import { Button, Dropdown, type MenuProps, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import type { WorkflowSummary } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { stateOf } from './list.ts'
import type { WorkflowActions } from './use-workflow-actions.ts'

/** All that can be done to one workflow of the list. What stops something that runs asks first, in full words. */
export function RowActions(props: {
  row: WorkflowSummary
  archived: boolean
  actions: WorkflowActions
  onRename: () => void
}): ReactElement {
  const { row, archived, actions, onRename } = props
  const { t } = useWords()
  const navigate = useNavigate()
  const [modal, holder] = Modal.useModal()
  const state = stateOf(row)
  const { name } = row
  const askFirst = (title: string, effect: string, word: string, go: () => void) =>
    modal.confirm({
      title,
      content: `${effect}${t('workflows.ranToday', { count: row.runsToday })}`,
      okText: word,
      okButtonProps: { danger: true },
      cancelText: t('workflows.keepRunning'),
      onOk: go,
    })
  const archive = () => actions.archive(row)

  const items: MenuProps['items'] = archived
    ? [
        { key: 'back', label: t('workflows.unarchive'), onClick: () => actions.unarchive(row) },
        { key: 'export', label: t('workflows.export'), onClick: () => actions.download(row) },
      ]
    : [
        {
          key: 'open',
          label: t('workflows.open'),
          onClick: () => void navigate(`/workflows/${encodeURIComponent(row.id)}`),
        },
        { key: 'rename', label: t('workflows.rename'), onClick: onRename },
        { key: 'duplicate', label: t('workflows.duplicate'), onClick: () => actions.duplicate(row) },
        { key: 'export', label: t('workflows.export'), onClick: () => actions.download(row) },
        { type: 'divider' },
        ...(state === 'running'
          ? [
              {
                key: 'pause',
                label: t('workflows.pause'),
                onClick: () =>
                  askFirst(
                    t('workflows.pauseTitle', { name }),
                    t('workflows.pauseText'),
                    t('workflows.pause'),
                    () => actions.pause(row),
                  ),
              },
            ]
          : []),
        ...(state === 'paused'
          ? [{ key: 'resume', label: t('workflows.resume'), onClick: () => actions.resume(row) }]
          : []),
        {
          key: 'archive',
          label: t('workflows.archive'),
          danger: true,
          onClick: () =>
            state === 'running'
              ? askFirst(
                  t('workflows.archiveTitle', { name }),
                  t('workflows.archiveText'),
                  t('workflows.archive'),
                  archive,
                )
              : archive(),
        },
      ]
  return (
    <>
      {holder}
      <Dropdown trigger={['click']} menu={{ items }} placement="bottomRight">
        <Button
          type="text"
          size="small"
          icon={<EllipsisOutlined aria-hidden />}
          loading={actions.busy === row.id}
          aria-label={t('workflows.actionsOf', { name })}
        />
      </Dropdown>
    </>
  )
}
