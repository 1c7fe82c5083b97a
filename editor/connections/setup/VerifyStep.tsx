import { Button } from 'antd'
import { type ReactElement, useState } from 'react'
import type { Connection, ConnectionFault, Connector } from '../../api/connection-contract.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useAuthorize } from '../use-authorize.ts'
import { useConnectionTest } from '../use-connection-test.ts'
import { Authorize } from './Authorize.tsx'
import css from './Setup.module.css'
import { TestConnection } from './TestConnection.tsx'

/** Whether the platform lets us in: authorised where it wants that, and tried. */
export function VerifyStep(props: {
  connector: Connector
  connection: Connection
  authorizeFailed: string | undefined
  /** Whether another step comes, or this ends it. */
  isLast: boolean
  /** Leads to the keys, which were refused. */
  onKeys: (refusal: ConnectionFault) => void
  onNext: () => void
}): ReactElement {
  const { t } = useWords()
  const { connector, connection, onKeys } = props
  const isLetIn = !connector.authorizes || connection.authorized !== undefined
  // Somebody has to say so where people would hear of it, or where an app may need no authorisation.
  const [isTried, setTried] = useState(false)
  const tests = connector.tests && (isTried || (isLetIn && connector.kind !== 'people'))
  const test = useConnectionTest(connection, tests)
  const authorize = useAuthorize(connection)
  const isProven = connector.tests ? test.data?.ok === true : isLetIn
  return (
    <>
      {connector.authorizes && (
        <Authorize connection={connection} failed={props.authorizeFailed} onKeys={onKeys} />
      )}
      {connector.tests && !tests && (
        <div>
          <Button onClick={() => setTried(true)}>
            {t(isLetIn ? 'connections.testNow' : 'connections.testUnasked')}
          </Button>
        </div>
      )}
      {tests && (
        <TestConnection
          connector={connector}
          test={test}
          onRemedy={(remedy, fault) => (remedy === 'authorize' ? authorize.mutate() : onKeys(fault))}
        />
      )}
      <div className={css.foot}>
        <Button type={isProven ? 'primary' : 'default'} onClick={props.onNext}>
          {t(props.isLast ? 'connections.done' : isProven ? 'connections.next' : 'connections.nextUnproven')}
        </Button>
      </div>
    </>
  )
}
