import { CopyOutlined, DownloadOutlined, SnippetsOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { type ReactElement, useState } from 'react'
import { asTabbed } from '../../server/workflow/table/sheet.ts'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from '../parts/use-report.ts'
import { exportTable } from './export-table.ts'
import { PasteDialog } from './PasteDialog.tsx'
import css from './Toolbar.module.css'
import { cellsOfTable } from './table-sheet.ts'
import type { TableView } from './use-view.ts'

/** What can be done with the table as a whole: how rows are hit, in from a spreadsheet and out to it. */
export function Toolbar({ view }: { view: TableView }): ReactElement {
  const { kept: rows, hits, otherwise, fields, edit } = view
  const { t, language } = useWords()
  const report = useReport()
  const [isPasting, setPasting] = useState(false)
  const cells = () =>
    cellsOfTable(rows, otherwise, fields, {
      header: [t('tables.name'), t('tables.when'), t('tables.action')],
      otherwise: t('tables.otherwise'),
      language,
    })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(asTabbed(cells()))
      report.done(t('tables.copied'))
    } catch (failure) {
      report.failed(failure, why => t('tables.copyFailed', { why }))
    }
  }
  const save = async () => {
    try {
      await exportTable(cells(), t('tables.fileName'))
    } catch (failure) {
      report.failed(failure, why => t('tables.exportFailed', { why }))
    }
  }
  return (
    <div className={css.bar}>
      <span className={css.hits}>
        {t('tables.hits')}
        <Select
          size="small"
          aria-label={t('tables.hits')}
          value={hits}
          onChange={value => edit(params => ({ ...params, hits: value }))}
          popupMatchSelectWidth={false}
          options={[
            { value: 'first', label: t('tables.hitsFirst') },
            { value: 'all', label: t('tables.hitsAll') },
          ]}
        />
      </span>
      <Button size="small" icon={<SnippetsOutlined />} onClick={() => setPasting(true)}>
        {t('tables.paste')}
      </Button>
      <Button size="small" icon={<CopyOutlined />} disabled={rows.length === 0} onClick={() => void copy()}>
        {t('tables.copy')}
      </Button>
      <Button
        size="small"
        icon={<DownloadOutlined />}
        disabled={rows.length === 0}
        onClick={() => void save()}
      >
        {t('tables.exportFile')}
      </Button>
      {isPasting && <PasteDialog rows={rows} fields={fields} edit={edit} onClose={() => setPasting(false)} />}
    </div>
  )
}
