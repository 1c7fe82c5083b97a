import { FileExcelOutlined } from '@ant-design/icons'
import { Segmented, Table } from 'antd'
import { type ReactElement, useState } from 'react'
import { countText } from '../../format/number.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Notice } from '../../parts/Notice.tsx'
import css from './FilePreview.module.css'
import { type FilePreview, rowsText } from './file-preview.ts'
import { PreviewTable, Problems } from './PreviewTable.tsx'

type View = 'orders' | 'problems' | 'columns'

/** The orders of a file, its problems wherever they stand, or its columns. */
export function PreviewBody({ preview }: { preview: FilePreview }): ReactElement {
  const { t } = useWords()
  const [view, setView] = useState<View>('orders')
  const { items, problems, columns, documents } = preview
  if (documents === 0) {
    return <Notice picture={<FileExcelOutlined aria-hidden />} text={t('connections.fileEmpty')} />
  }
  const faulty = preview.counts.refused + preview.counts.unmapped
  const isAll = items.length >= documents
  return (
    <div className={css.body}>
      <Segmented<View>
        className={css.views ?? ''}
        value={view}
        onChange={setView}
        options={[
          {
            value: 'orders',
            label: isAll
              ? t('connections.fileAllOrders')
              : t('connections.fileOrders', { n: countText(items.length) }),
          },
          { value: 'problems', label: t('connections.fileProblems', { n: countText(faulty) }) },
          { value: 'columns', label: t('connections.fileColumns', { n: countText(columns.length) }) },
        ]}
      />
      {view === 'orders' && <PreviewTable rows={items} />}
      {view === 'problems' && <ProblemRows problems={problems} faulty={faulty} />}
      {view === 'columns' && <Columns columns={columns} />}
    </div>
  )
}

function ProblemRows({ problems, faulty }: Pick<FilePreview, 'problems'> & { faulty: number }): ReactElement {
  const { t } = useWords()
  if (problems.length === 0) return <p className={css.faint}>{t('connections.fileNoProblems')}</p>
  return (
    <>
      <ul className={css.faults}>
        {problems.map(({ rows, problems: own }) => (
          <li key={rows.join()}>
            <span className={css.faultRow}>{t('connections.fileProblemRow', { rows: rowsText(rows) })}</span>
            <Problems problems={own} />
          </li>
        ))}
      </ul>
      {problems.length < faulty && (
        <p className={css.faint}>{t('connections.fileMoreProblems', { n: countText(problems.length) })}</p>
      )}
    </>
  )
}

function Columns({ columns }: Pick<FilePreview, 'columns'>): ReactElement {
  const { t } = useWords()
  return (
    <Table
      size="small"
      rowKey="name"
      pagination={false}
      dataSource={[...columns]}
      columns={[
        { title: t('connections.fileColumn'), width: 260, render: (_, { name }) => name },
        {
          title: t('connections.fileSamples'),
          render: (_, { samples }) =>
            samples.map(sample => (
              <span key={sample} className={css.sample}>
                {sample}
              </span>
            )),
        },
      ]}
    />
  )
}
