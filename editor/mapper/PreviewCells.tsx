import { ExclamationCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Row } from './language.ts'
import { useMapping } from './mapper-state.ts'
import { ITEMS, isEntry, isMapped, ruleOf } from './rules.ts'
import css from './TargetRow.module.css'
import type { TriedDocument, TriedValue } from './try-query.ts'
import { valueText, wholeText } from './value-text.ts'

/** What a field comes out as, for every sample side by side. */
export function PreviewCells({ row }: { row: Row }): ReactElement | null {
  const { samples, trial, rules } = useMapping()
  if (samples.length === 0) return null
  const isShown = isMapped(ruleOf(rules, row.key))
  return (
    <>
      {samples.map(({ id }) => {
        const document = trial?.documents.get(id)
        return (
          <div key={id} className={css.cell}>
            {isShown && document && <Cell row={row} document={document} />}
          </div>
        )
      })}
    </>
  )
}

function Cell({ row, document }: { row: Row; document: TriedDocument }): ReactElement {
  const { t } = useWords()
  const { key, target } = row
  if (key === ITEMS) {
    const count = document.items?.count ?? 0
    return count === 0 ? (
      <span className={css.none}>{t('mapper.noValue')}</span>
    ) : (
      <span>{t('mapper.rows', { count })}</span>
    )
  }
  if (!isEntry(key)) return <Outcome tried={document.values[key]} type={target.type} />
  const rows = document.items?.rows ?? []
  return (
    <>
      {rows.map((values, index) => (
        // Entries have no id of their own and keep their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <Outcome key={index} tried={values[target.path]} type={target.type} />
      ))}
    </>
  )
}

function Outcome({ tried, type }: { tried: TriedValue | undefined; type: string }): ReactElement {
  const { t, say } = useWords()
  if (tried?.fault) {
    const words = say(tried.fault)
    return (
      <span className={css.fault} title={words}>
        <ExclamationCircleFilled aria-hidden /> {words}
      </span>
    )
  }
  const text = valueText(tried?.value, type, t)
  if (text === '') return <span className={css.none}>{t('mapper.noValue')}</span>
  return (
    <span className={css.result} title={wholeText(tried?.value, type, t)}>
      {text}
    </span>
  )
}
