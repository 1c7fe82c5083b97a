import { Button, Checkbox, InputNumber, Select, Space } from 'antd'
import { type ReactElement, useState } from 'react'
import { countText } from '../../format/number.ts'
import type { T } from '../../i18n/i18n.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './FilePreview.module.css'
import { type Choice, type FilePreview, rowsText } from './file-preview.ts'

const LAST_ROW = 1_048_576

/** How the file was read, in a sentence, and the ways to have it read otherwise. */
export function ReadAs(props: {
  preview: FilePreview
  choice: Choice
  onChoose: (part: Choice) => void
}): ReactElement {
  const { t } = useWords()
  const { preview, choice, onChoose } = props
  const hidden = preview.skipped.filter(({ why }) => why === 'hidden').length
  return (
    <section aria-label={t('connections.fileReadAs')} className={css.readAs}>
      <p className={css.summary}>{summaryOf(preview, t)}</p>
      <div className={css.choices}>
        {preview.encoding !== undefined && (
          <span className={css.choice}>
            <label htmlFor="file-encoding">{t('connections.fileEncoding')}</label>
            <Select
              id="file-encoding"
              size="small"
              className={css.encoding ?? ''}
              value={preview.encoding}
              options={[
                { value: 'utf-8', label: 'UTF-8' },
                { value: 'gb18030', label: t('connections.fileEncodingGbk') },
                { value: 'utf-16le', label: 'UTF-16 LE' },
                { value: 'utf-16be', label: 'UTF-16 BE' },
              ]}
              onChange={encoding => onChoose({ encoding })}
            />
          </span>
        )}
        {preview.sheets && preview.sheets.length > 1 && (
          <span className={css.choice}>
            <label htmlFor="file-sheet">{t('connections.fileSheet')}</label>
            <Select
              id="file-sheet"
              size="small"
              className={css.sheet ?? ''}
              value={preview.sheet ?? null}
              options={preview.sheets.map(({ name, isHidden, rows }) => ({
                value: name,
                label: t(isHidden ? 'connections.fileSheetHidden' : 'connections.fileSheetOption', {
                  name,
                  rows: countText(rows),
                }),
              }))}
              onChange={sheet => sheet && onChoose({ sheet })}
            />
          </span>
        )}
        {preview.header.length > 0 && (
          <HeaderRow
            key={preview.header.join()}
            header={preview.header.at(-1) ?? 1}
            onChoose={header => onChoose({ header })}
          />
        )}
        {(hidden > 0 || choice.hiddenRows) && (
          <Checkbox
            checked={choice.hiddenRows ?? false}
            onChange={({ target }) => onChoose({ hiddenRows: target.checked })}
          >
            {hidden > 0
              ? t('connections.fileHiddenRows', { n: countText(hidden) })
              : t('connections.fileHiddenRowsOn')}
          </Checkbox>
        )}
      </div>
    </section>
  )
}

function HeaderRow(props: { header: number; onChoose: (row: number) => void }): ReactElement {
  const { t } = useWords()
  const [row, setRow] = useState<number | null>(props.header)
  const choose = () => row !== null && row !== props.header && props.onChoose(row)
  return (
    <span className={css.choice}>
      <label htmlFor="file-header">{t('connections.fileHeader')}</label>
      <Space.Compact size="small">
        <InputNumber
          id="file-header"
          size="small"
          className={css.headerRow ?? ''}
          min={1}
          max={LAST_ROW}
          precision={0}
          value={row}
          onChange={setRow}
          onPressEnter={choose}
        />
        {row !== props.header && (
          <Button size="small" disabled={row === null} onClick={choose}>
            {t('connections.fileHeaderApply')}
          </Button>
        )}
      </Space.Compact>
    </span>
  )
}

/** One sentence, the parts in the order a person would check them. */
function summaryOf({ header, title, rows, documents, skipped, unnamed }: FilePreview, t: T): string {
  const skippedRows = (why: string) => skipped.filter(each => each.why === why).map(({ row }) => row)
  const [totals, notes, headers, hidden] = ['total', 'note', 'header', 'hidden'].map(skippedRows)
  const counts = { rows: countText(rows), documents: countText(documents) }
  const parts = [
    t(header.length > 0 ? 'connections.fileSummaryRows' : 'connections.fileSummaryList', counts),
    header.length > 0 && t('connections.fileSummaryHeader', { rows: rowsText(header) }),
    title && t('connections.fileSummaryTitle', { title }),
    totals?.length && t('connections.fileSummaryTotals', { rows: rowsText(totals) }),
    notes?.length && t('connections.fileSummaryNotes', { rows: rowsText(notes) }),
    headers?.length && t('connections.fileSummaryHeaders', { rows: rowsText(headers) }),
    hidden?.length && t('connections.fileSummaryHidden', { n: countText(hidden.length) }),
    unnamed.length > 0 && t('connections.fileSummaryUnnamed', { columns: unnamed.join('、') }),
  ]
  return parts.filter(Boolean).join(t('connections.fileSummaryJoin'))
}
