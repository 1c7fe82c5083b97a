import { RollbackOutlined, UndoOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import type { ReactElement } from 'react'
import type { WorkflowDetail } from '../api/contract.ts'
import type { VersionSummary } from '../api/draft-contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { signed } from '../workflows/signed.ts'
import { parkedOn } from './sides.ts'
import { useRepublish } from './use-republish.ts'

/** The two ways back to a version: as a draft to work on, or live at once. Both say first what they do. */
export function RollBack(props: {
  workflow: WorkflowDetail
  versions: readonly VersionSummary[]
  version: number
  onRestored: () => void
}): ReactElement {
  const { workflow, versions, version, onRestored } = props
  const { t } = useWords()
  const report = useReport()
  const [modal, holder] = Modal.useModal()
  const back = useRepublish(workflow.id, onRestored)
  const restore = useMutation({
    mutationFn: () =>
      request(`/workflows/${encodeURIComponent(workflow.id)}/versions/${version}/restore`, {
        method: 'POST',
        body: signed(),
      }),
    onSuccess: () => {
      report.done(t('versions.restored', { n: version }))
      onRestored()
    },
    onError: failure => report.failed(failure, why => t('versions.restoreFailed', { n: version, why })),
  })
  const live = workflow.published?.version
  const askRestore = () =>
    modal.confirm({
      title: t('versions.restoreTitle', { n: version }),
      content: t('versions.restoreText', { n: version }),
      okText: t('versions.restore'),
      cancelText: t('versions.cancel'),
      onOk: () => restore.mutate(),
    })
  const askBack = () =>
    modal.confirm({
      title: t('versions.backTitle', { n: version }),
      content: (
        <>
          <p>{t('versions.backText', { n: version, live: live ?? 0 })}</p>
          <p>{parkedOn(versions).length === 0 ? t('versions.nothingWaits') : t('versions.waitingStay')}</p>
          <ul>
            {parkedOn(versions).map(each => (
              <li key={each.version}>{t('versions.parked', { count: each.parked, n: each.version })}</li>
            ))}
          </ul>
          {workflow.paused && <p>{t('versions.staysPaused')}</p>}
        </>
      ),
      okText: t('versions.back'),
      cancelText: t('versions.cancel'),
      onOk: () => back.mutate(version),
    })
  return (
    <>
      {holder}
      <Button
        size="small"
        icon={<UndoOutlined aria-hidden />}
        loading={restore.isPending}
        onClick={askRestore}
      >
        {t('versions.restore')}
      </Button>
      {version !== live && (
        <Button
          size="small"
          icon={<RollbackOutlined aria-hidden />}
          loading={back.isPending}
          onClick={askBack}
        >
          {t('versions.back')}
        </Button>
      )}
    </>
  )
}
