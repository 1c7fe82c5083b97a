import { Steps } from 'antd'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { Connection, Connector } from '../../api/connection-contract.ts'
import { useWords } from '../../i18n/use-words.ts'
import { freeName } from '../../workflows/list.ts'
import type { Remedy } from '../faults.ts'
import { useAuthorize } from '../use-authorize.ts'
import { FirstOrders } from './FirstOrders.tsx'
import { KeysStep } from './KeysStep.tsx'
import { PrepareStep } from './PrepareStep.tsx'
import css from './Setup.module.css'
import { StartStep } from './StartStep.tsx'
import { type Step, stepsOf } from './steps.ts'
import { VerifyStep } from './VerifyStep.tsx'

/** A step in words; where nobody has to let us in, it is a test alone. */
function nameOf(step: Step, { authorizes }: Connector) {
  return step === 'verify' && !authorizes ? 'connections.stepTest' : NAMES[step]
}

const NAMES = {
  prepare: 'connections.stepPrepare',
  keys: 'connections.stepKeys',
  verify: 'connections.stepVerify',
  start: 'connections.stepStart',
} as const

/**
 * Sets a connection up, step by step. From the second step on it is kept, switched off: each step can be left, and
 * gone on with later.
 */
export function Setup(props: {
  connector: Connector
  /** Absent until it was saved for the first time. */
  connection: Connection | undefined
  step: Step | undefined
  authorizeFailed: string | undefined
  /** Names in use. */
  taken: readonly string[]
  /** `connection` goes along when it was just made. */
  onStep: (step: Step, connection?: Connection) => void
  onDone: () => void
}): ReactElement {
  const { t, say } = useWords()
  const heading = useRef<HTMLHeadingElement>(null)
  const { connector, connection, onStep, onDone } = props
  const [started, setStarted] = useState<Connection>()
  // Why the keys are to be changed: it is still to be read while they are typed.
  const [refusal, setRefusal] = useState(
    connection?.fault?.class === 'credentials' ? connection.fault : undefined,
  )
  // Switched on while the steps are open: they stay what they were.
  const [steps] = useState(() => stepsOf(connector, connection))
  const wanted = props.step && steps.includes(props.step) ? props.step : (steps[0] ?? 'start')
  // What is not saved cannot be proven or switched on.
  const saving = steps.indexOf('keys')
  const isEarly = connection === undefined && saving >= 0 && steps.indexOf(wanted) > saving
  const step = isEarly ? 'keys' : wanted
  const authorize = useAuthorize({ id: (started ?? connection)?.id ?? '' })
  const name = freeName(say(connector.name), props.taken)
  const at = steps.indexOf(step)
  const next = (from: Step, made?: Connection) => {
    const following = steps[steps.indexOf(from) + 1]
    if (following) onStep(following, made)
    else onDone()
  }
  const remedy = (what: Remedy) => {
    if (what === 'authorize') return authorize.mutate()
    setStarted(undefined)
    onStep(what === 'retry' ? 'verify' : 'keys', started)
  }
  useEffect(() => {
    // Whoever does not see the page hears where they are now.
    if (step) heading.current?.focus()
  }, [step])

  return (
    <div className={css.setup}>
      {steps.length > 1 && (
        <Steps
          className={css.steps ?? ''}
          size="small"
          responsive={false}
          current={started ? steps.length : at}
          items={steps.map((each, index) => ({
            title: t(nameOf(each, connector)),
            disabled: started !== undefined || (!connection && saving >= 0 && index > saving),
          }))}
          onChange={index => {
            const chosen = steps[index]
            if (chosen) onStep(chosen)
          }}
        />
      )}
      <h2 ref={heading} tabIndex={-1} className={css.heading}>
        {t(nameOf(step, connector))}
      </h2>
      {started ? (
        <FirstOrders connector={connector} connection={started} onRemedy={remedy} onClose={onDone} />
      ) : step === 'prepare' ? (
        <PrepareStep connector={connector} onNext={() => next('prepare')} />
      ) : step === 'keys' ? (
        <KeysStep
          connector={connector}
          connection={connection}
          name={name}
          refusal={refusal}
          onSaved={made => {
            setRefusal(undefined)
            next('keys', made)
          }}
        />
      ) : step === 'verify' && connection ? (
        <VerifyStep
          connector={connector}
          connection={connection}
          authorizeFailed={props.authorizeFailed}
          isLast={at === steps.length - 1}
          onKeys={fault => {
            setRefusal(fault)
            onStep('keys')
          }}
          onNext={() => next('verify')}
        />
      ) : (
        <StartStep connector={connector} connection={connection} name={name} onStarted={setStarted} />
      )}
    </div>
  )
}
