import { CheckCircleFilled, LoadingOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { ConnectionFault, Connector } from '../../api/connection-contract.ts'
import { useWords } from '../../i18n/use-words.ts'
import { failureText } from '../../parts/failure-text.ts'
import { FaultBox } from '../FaultBox.tsx'
import type { Remedy } from '../faults.ts'
import type { useConnectionTest } from '../use-connection-test.ts'
import css from './Setup.module.css'

/** One harmless call to the platform, and what it brought in plain words. */
export function TestConnection(props: {
  connector: Connector
  test: ReturnType<typeof useConnectionTest>
  /** What is to be done elsewhere about what the test brought. */
  onRemedy: (remedy: Exclude<Remedy, 'retry'>, fault: ConnectionFault) => void
}): ReactElement {
  const { t, say, language } = useWords()
  const { connector, test } = props
  const answer = test.data
  const again = () => void test.refetch()
  return (
    <section aria-busy={test.isFetching}>
      <h3 className={css.part}>{t('connections.test')}</h3>
      <div role="status">
        {test.isFetching ? (
          <p className={css.faint}>
            <LoadingOutlined aria-hidden /> {t('connections.testing')}
          </p>
        ) : answer?.ok ? (
          <p className={css.good}>
            <CheckCircleFilled aria-hidden /> {say(answer.found)}
          </p>
        ) : test.isError ? (
          <p className={css.bad}>
            {t('connections.testNotDone', { why: failureText(test.error, t, language) })}
          </p>
        ) : null}
      </div>
      {!test.isFetching && answer?.ok === false && (
        <FaultBox
          fault={answer.fault}
          connector={connector}
          onRemedy={remedy => (remedy === 'retry' ? again() : props.onRemedy(remedy, answer.fault))}
        />
      )}
      {!test.isFetching && (answer?.ok || test.isError) && (
        <Button className={css.again ?? ''} size="small" onClick={again}>
          {t('connections.testAgain')}
        </Button>
      )}
    </section>
  )
}
