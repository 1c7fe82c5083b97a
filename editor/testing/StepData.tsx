import { type ReactElement, useMemo } from 'react'
import type { TestStep } from '../api/test-contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { dataRows } from './data-rows.ts'
import type { FieldNames } from './field-names.ts'
import css from './OneResult.module.css'

/** The fields that came into a step, opened on a click; those it changed stand first, before and after. */
export function StepData({ step, names }: { step: TestStep; names: FieldNames }): ReactElement | null {
  const { t, language } = useWords()
  const rows = useMemo(() => dataRows(step, names, language), [step, names, language])
  const count = rows.filter(row => row.changed).length
  if (!step.input && step.changes.length === 0) return null
  return (
    <details className={css.data}>
      <summary>
        {t('testing.dataIn')}
        {count > 0 && <span className={css.count}>{t('testing.dataChanged', { count })}</span>}
      </summary>
      {rows.length === 0 ? (
        <p className={css.before}>{t('testing.dataNothing')}</p>
      ) : (
        <table className={css.rows}>
          <thead>
            <tr>
              <th scope="col">{t('testing.field')}</th>
              <th scope="col">{t('testing.was')}</th>
              <th scope="col">{t('testing.became')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ path, name, changed, was, became }) => (
              <tr key={path} data-changed={changed} title={path}>
                <th scope="row">{name}</th>
                <td>{was ?? t('parts.none')}</td>
                <td>{changed ? (became ?? t('parts.none')) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  )
}
