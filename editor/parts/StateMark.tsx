import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { RunStatus } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { statusWord } from './code-words.ts'
import css from './StateMark.module.css'

const icons = {
  done: <CheckCircleFilled aria-hidden />,
  waiting: <ClockCircleFilled aria-hidden />,
  failed: <CloseCircleFilled aria-hidden />,
}

/** A run's state: always an icon and a word, never the colour alone. `word` replaces the state's own. */
export function StateMark({ status, word }: { status: RunStatus; word?: string | undefined }): ReactElement {
  const { t } = useWords()
  return (
    <span className={`${css.mark} ${css[status] ?? ''}`}>
      {icons[status]} {word || statusWord(status, t)}
    </span>
  )
}
