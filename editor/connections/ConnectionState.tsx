import { CheckCircleFilled, CloseCircleFilled, PauseCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { Connection } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './ConnectionsPage.module.css'

export function ConnectionState({ connection }: { connection: Connection }): ReactElement {
  const { t } = useWords()
  if (!connection.enabled) {
    return (
      <span className={css.off}>
        <PauseCircleFilled aria-hidden /> {t('connections.statePaused')}
      </span>
    )
  }
  if (connection.lastError) {
    return (
      <span className={css.failing} title={connection.lastError}>
        <CloseCircleFilled aria-hidden /> {t('connections.stateFailing')}
      </span>
    )
  }
  return (
    <span className={css.ok}>
      <CheckCircleFilled aria-hidden /> {t('connections.stateOk')}
    </span>
  )
}
