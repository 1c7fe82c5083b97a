import { Input } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './TestStrip.module.css'

/** A signal to try a workflow on that no order begins; its figures may be changed to see what else would happen. */
export function SignalChoice(props: { text: string; onChoose: (text: string) => void }): ReactElement {
  const { t } = useWords()
  return (
    <>
      <p className={css.hint}>{t('testing.signalWhy')}</p>
      <Input.TextArea
        className={css.document ?? ''}
        aria-label={t('testing.signal')}
        value={props.text}
        spellCheck={false}
        onChange={event => props.onChoose(event.target.value)}
      />
    </>
  )
}
