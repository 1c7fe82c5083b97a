import { ExclamationCircleFilled, WarningFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './Line.module.css'
import { useBuilder } from './sight.ts'

/** What is wrong with a part, in words, below it. */
export function FindingList({ of, id }: { of: string; id?: string }): ReactElement | null {
  const { say } = useWords()
  const findings = useBuilder().findings.get(of)
  if (!findings) return null
  return (
    <ul className={css.findings} id={id}>
      {findings.map(({ code, at, severity, message }) => (
        <li key={`${code}${at}`} data-severity={severity}>
          {severity === 'error' ? <ExclamationCircleFilled aria-hidden /> : <WarningFilled aria-hidden />}{' '}
          {say(message)}
        </li>
      ))}
    </ul>
  )
}
