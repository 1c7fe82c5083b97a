import { CheckCircleFilled } from '@ant-design/icons'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './BigTable.module.css'
import { CellInput } from './CellInput.tsx'
import { changeOtherwise, settleOtherwise } from './table-edits.ts'
import type { TableView } from './use-view.ts'

/** The last line of a table: what happens to all orders that no row fits. */
export function OtherwiseLine({
  view,
  actions,
}: {
  view: TableView
  actions: readonly string[]
}): ReactElement {
  const { otherwise, outcome, kept, sampleName, edit } = view
  const { t } = useWords()
  const isHit = outcome !== undefined && kept.length > 0 && outcome.hits.length === 0
  const change = (action: string) => edit(params => changeOtherwise(params, action), 'otherwise')
  return (
    <tbody className={css.otherwise} data-row="otherwise" data-hit={isHit}>
      <tr>
        <td />
        <td className={css.fixed}>{t('tables.otherwise')}</td>
        <td className={css.fixed}>
          <span className={css.soft}>{t('tables.otherwiseWhen')}</span>
          {isHit && (
            <p className={css.hits}>
              <CheckCircleFilled /> {t('tables.sampleElse', { name: sampleName })}
            </p>
          )}
        </td>
        <td>
          <CellInput
            label={t('tables.otherwiseAction')}
            // What follows the last row's action, so that it is found where the name of a next row would be.
            cell="name"
            value={otherwise}
            placeholder={t('tables.otherwisePlaceholder')}
            suggestions={actions.filter(each => each !== otherwise && each.includes(otherwise.trim()))}
            onChange={change}
            onSuggestion={change}
            onLeave={() => edit(settleOtherwise, 'otherwise')}
          />
        </td>
        <td />
      </tr>
    </tbody>
  )
}
