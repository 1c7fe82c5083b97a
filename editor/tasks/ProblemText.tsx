import { ExclamationCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import type { FieldProblem } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './Quarantine.module.css'

/** One thing wrong with one field; the sentence names the field, its path stands behind it. */
export function ProblemText({ problem }: { problem: FieldProblem }): ReactElement {
  const { t, language } = useWords()
  return (
    <span className={css.problem} title={problem.field || t('tasks.wholeMessage')}>
      <ExclamationCircleFilled className={css.mark} />
      <span>{language === 'zh' ? problem.message : problem.messageEn}</span>
    </span>
  )
}
