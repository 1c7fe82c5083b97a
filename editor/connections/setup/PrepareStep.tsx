import { ExportOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { paramName } from '../../../server/workflow/param-parts.ts'
import type { Connector } from '../../api/connection-contract.ts'
import { propertiesOf } from '../../forms/schema.ts'
import { useWords } from '../../i18n/use-words.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { callbackAddress } from './auth-code.ts'
import css from './Setup.module.css'

/** What one needs before one begins, and where it is to be had. */
export function PrepareStep({
  connector,
  onNext,
}: {
  connector: Connector
  onNext: () => void
}): ReactElement {
  const { t, say } = useWords()
  const { guide = [], credentials } = connector
  const needed = credentials ? propertiesOf(credentials).filter(({ isRequired }) => isRequired) : []
  const callback = callbackAddress(location.origin)
  return (
    <>
      <p className={css.lead}>{say(connector.title)}</p>
      {needed.length > 0 && (
        <section>
          <h3 className={css.part}>{t('connections.needed')}</h3>
          <ul className={css.needed}>
            {needed.map(({ name, schema }) => (
              <li key={name}>{say(paramName(schema)) || name}</li>
            ))}
          </ul>
        </section>
      )}
      {guide.length > 0 && (
        <section>
          <h3 className={css.part}>{t('connections.guide')}</h3>
          <ol className={css.guide}>
            {guide.map(step => (
              <li key={step.en}>
                {say(step)}
                {step.link && (
                  <a className={css.link} href={step.link} target="_blank" rel="noreferrer">
                    {t('connections.openPage')} <ExportOutlined aria-hidden />
                  </a>
                )}
              </li>
            ))}
          </ol>
        </section>
      )}
      {connector.authorizes && (
        <section>
          <h3 className={css.part}>{t('connections.callback')}</h3>
          <p className={css.address}>
            <code>{callback}</code>
            <CopyButton text={callback} />
          </p>
          <p className={css.faint}>{t('connections.callbackWhy')}</p>
        </section>
      )}
      <div className={css.foot}>
        <Button type="primary" onClick={onNext}>
          {t(needed.length > 0 ? 'connections.haveAll' : 'connections.next')}
        </Button>
      </div>
    </>
  )
}
