import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { ConnectionFault, Connector } from '../api/connection-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { Moment } from '../parts/Moment.tsx'
import css from './Fault.module.css'
import { FaultIcon } from './FaultIcon.tsx'
import { faultKind, type Remedy } from './faults.ts'

const REMEDIES = {
  authorize: 'connections.authorizeAgain',
  keys: 'connections.changeKeys',
  settings: 'connections.changeSettings',
  retry: 'connections.tryAgain',
} as const

/** What is wrong with a connection and what to do, in plain words, and the button that does it. */
export function FaultBox(props: {
  fault: ConnectionFault
  connector: Connector | undefined
  /** Absent where nothing is to be done here: it is tried again by itself. */
  onRemedy?: (remedy: Remedy) => void
  busy?: boolean
}): ReactElement {
  const { t, say } = useWords()
  const { fault, connector, onRemedy } = props
  const kind = faultKind(fault)
  // Some platforms know no page to sign in on: new keys are what lets us in again.
  const remedy = kind.remedy === 'authorize' && connector?.authorizes === false ? 'keys' : kind.remedy
  return (
    <section className={`${css.fault} ${kind.passes ? css.passing : ''}`} role="alert">
      <h3 className={css.name}>
        <FaultIcon of={fault.class} /> {t(kind.word)}
        {fault.at && (
          <span className={css.at}>
            <Moment at={fault.at} />
          </span>
        )}
      </h3>
      <p>{say(fault)}</p>
      {onRemedy && (
        <div className={css.remedy}>
          <Button
            type={kind.passes ? 'default' : 'primary'}
            loading={props.busy ?? false}
            onClick={() => onRemedy(remedy)}
          >
            {t(REMEDIES[remedy])}
          </Button>
          {kind.passes && <span className={css.soft}>{t('connections.retriesItself')}</span>}
        </div>
      )}
    </section>
  )
}
