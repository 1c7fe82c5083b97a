import { CheckCircleFilled, ExclamationCircleFilled, ExpandAltOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { memo, type ReactElement } from 'react'
import type { FieldSpec } from '../../server/workflow/field.ts'
import type { TableRow } from '../../server/workflow/table/table-row.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './CompactTable.module.css'
import { whenWords } from './table-sheet.ts'
import type { TableView } from './use-view.ts'

/** The table in the narrow inspector: each row as a sentence, and the way to the real table. */
export function CompactTable({ view, onOpen }: { view: TableView; onOpen: () => void }): ReactElement {
  const { kept, fields, otherwise, findings, outcome } = view
  const { t } = useWords()
  if (kept.length === 0) {
    return (
      <div className={css.empty}>
        <p>{t('tables.emptyText')}</p>
        <Button type="primary" onClick={onOpen}>
          {t('tables.writeRules')}
        </Button>
      </div>
    )
  }
  return (
    <div className={css.compact}>
      <div className={css.head}>
        <span>{t('tables.rowsInAll', { count: kept.length })}</span>
        <Button size="small" icon={<ExpandAltOutlined />} onClick={onOpen}>
          {t('tables.openBig')}
        </Button>
      </div>
      <ol className={css.rows}>
        {kept.map(row => (
          <CompactRow
            key={row.id}
            row={row}
            dead={findings?.dead.get(row.id)}
            isHit={outcome?.lines.get(row.id)?.holds}
            fields={fields}
          />
        ))}
      </ol>
      <p className={css.row} data-hit={outcome !== undefined && outcome.hits.length === 0}>
        {t('tables.otherwise')} → {otherwise || t('tables.noAction')}
      </p>
      {findings?.gap && (
        <p className={findings.gap.isWarning ? css.warn : css.soft}>
          {findings.gap.words}
          {t('tables.stop')}
          {findings.gap.example}
        </p>
      )}
    </div>
  )
}

const CompactRow = memo(function CompactRow(props: {
  row: TableRow
  fields: readonly FieldSpec[]
  dead: string | undefined
  isHit: boolean | undefined
}): ReactElement {
  const { row, fields, dead, isHit } = props
  const { t, language } = useWords()
  const isUnread = typeof row.when === 'string'
  return (
    <li className={css.row} data-dead={dead !== undefined} data-hit={isHit}>
      <p className={css.name}>
        {row.name || t('tables.unnamed')}
        {isHit && <CheckCircleFilled className={css.hit} />}
      </p>
      <p className={isUnread ? css.warn : undefined}>
        {whenWords(row.when, fields)[language] || t('tables.noWhen')}
      </p>
      <p className={css.action}>→ {row.action || t('tables.noAction')}</p>
      {isUnread && <p className={css.warn}>{t('tables.notRead')}</p>}
      {dead && (
        <p className={css.warn}>
          <ExclamationCircleFilled /> {dead}
        </p>
      )}
    </li>
  )
})
