import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons'
import { type ReactElement, useMemo } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { valueWords } from './field-sections.ts'
import css from './Line.module.css'
import { useSight } from './sight.ts'
import { typeOfSubject } from './subject-type.ts'
import type { RuleNode } from './tree.ts'
import { realValue, verdictOf } from './verdict.ts'

/** Whether a part holds for the sample order, with what the order really has there. */
export function VerdictMark({ node }: { node: RuleNode }): ReactElement | null {
  const { t, say } = useWords()
  const { samples, scope, isInList } = useSight()
  const verdict = useMemo(() => verdictOf(node, samples), [node, samples])
  const left = node.kind === 'line' ? node.left : undefined
  const typed = left && typeOfSubject(left, scope)
  const [only] = samples
  const real = !isInList && left && typed && samples.length === 1 ? realValue(left, only) : undefined
  const held = real !== undefined && typed ? valueWords(real, typed, { say }) : undefined
  if (!verdict) return held === undefined ? null : <span className={css.held}>{held}</span>
  const does = verdict.holds > 0
  const count = isInList ? t('rules.entriesHold', { holds: verdict.holds, of: verdict.of }) : held
  return (
    <span className={css.verdict} data-holds={does}>
      {does ? (
        <CheckCircleFilled aria-label={t('rules.holds')} />
      ) : (
        <CloseCircleFilled aria-label={t('rules.fails')} />
      )}
      {count && <span className={css.held}>{count}</span>}
    </span>
  )
}
