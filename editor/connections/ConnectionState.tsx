import { CheckCircleFilled, FormOutlined, PauseCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { Connection, Connector } from '../api/connection-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './ConnectionsPage.module.css'
import { FaultIcon } from './FaultIcon.tsx'
import { faultKind } from './faults.ts'
import { standingOf } from './standing.ts'

/** How a connection stands, as an icon and a word; behind a fault stands what to do about it. */
export function ConnectionState(props: {
  connection: Connection
  connector: Connector | undefined
}): ReactElement {
  const { t, say } = useWords()
  const { connection, connector } = props
  const { fault, lastError } = connection
  switch (standingOf(connection, connector)) {
    case 'unfinished':
      return (
        <span className={css.passing}>
          <FormOutlined aria-hidden /> {t('connections.stateUnfinished')}
        </span>
      )
    case 'paused':
      return (
        <span className={css.off}>
          <PauseCircleFilled aria-hidden /> {t('connections.statePaused')}
        </span>
      )
    case 'passing':
    case 'failing': {
      const kind = fault && faultKind(fault)
      return (
        <span className={kind?.passes ? css.passing : css.failing} title={fault ? say(fault) : lastError}>
          <FaultIcon of={fault?.class ?? ''} /> {t(kind?.word ?? 'connections.stateFailing')}
        </span>
      )
    }
    case 'ok':
      return (
        <span className={css.ok}>
          <CheckCircleFilled aria-hidden /> {t('connections.stateOk')}
        </span>
      )
  }
}
