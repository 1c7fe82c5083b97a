import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { failureText } from '../parts/failure-text.ts'
import { hindrancesOf } from './problems-of.ts'
import css from './TestStrip.module.css'

const MOST = 20

/** Why nothing could be tried: each reason in words, with the way to its node. */
export function TestFailure(props: { failure: unknown; onSelect: (node: string) => void }): ReactElement {
  const { t, say, language } = useWords()
  const hindrances = hindrancesOf(props.failure).slice(0, MOST)
  return (
    <div className={css.failure} role="alert">
      <p className={css.failureTitle}>{t('testing.failed')}</p>
      <p>{failureText(props.failure, t, language)}</p>
      <ul>
        {hindrances.map(({ message, node }) => (
          <li key={`${node}/${message.en}`}>
            {say(message)}{' '}
            {node && (
              <Button type="link" size="small" onClick={() => props.onSelect(node)}>
                {t('testing.seeNode')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
