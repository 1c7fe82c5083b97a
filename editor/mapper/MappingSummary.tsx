import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { type MappingLanguage, missingTargets } from './language.ts'
import { listText } from './list-text.ts'
import css from './MappingField.module.css'
import { mappedCount, type Rules } from './rules.ts'

const NAMED = 3

/** A mapping in one line: how many fields, and which of those an order needs are missing. */
export function MappingSummary(props: { rules: Rules; language: MappingLanguage | undefined }): ReactElement {
  const { t, say, language: tongue } = useWords()
  const { rules, language } = props
  const count = mappedCount(rules)
  if (count === 0) return <p className={css.none}>{t('mapper.summaryNone')}</p>
  const missing = language ? missingTargets(rules, language).map(({ target }) => say(target.name)) : []
  const names = listText(missing.slice(0, NAMED), tongue)
  if (missing.length === 0) return <p>{t('mapper.summary', { count })}</p>
  const told = missing.length > NAMED ? t('mapper.summaryMore', { names, count: missing.length }) : names
  return <p className={css.missing}>{t('mapper.summaryMissing', { count, missing: told })}</p>
}
