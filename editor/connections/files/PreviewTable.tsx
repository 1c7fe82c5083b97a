import { Table, type TableColumnsType } from 'antd'
import type { ReactElement } from 'react'
import { countText } from '../../format/number.ts'
import { useWords } from '../../i18n/use-words.ts'
import { ProblemText } from '../../tasks/ProblemText.tsx'
import css from './FilePreview.module.css'
import { type PreviewRow, rowsText } from './file-preview.ts'
import { cellsOf } from './preview-cells.ts'
import { StatusMark } from './StatusMark.tsx'

/** The first orders as they will be read; what is wrong with one stands in red under it. */
export function PreviewTable({ rows }: { rows: readonly PreviewRow[] }): ReactElement {
  const words = useWords()
  const { t } = words
  const lines = rows.map(row => ({
    row,
    key: row.rows.join(),
    cells: cellsOf(row.order ?? row.values ?? {}, t),
  }))
  type Line = (typeof lines)[number]
  const columns: TableColumnsType<Line> = [
    {
      title: t('connections.fileRow'),
      width: 84,
      render: (_, { row }) => <span className={css.number}>{shortRows(row.rows, words)}</span>,
    },
    {
      title: t('connections.fileStatus'),
      width: 104,
      render: (_, { row }) => <StatusMark status={row.status} />,
    },
    {
      title: t('connections.fileOrder'),
      width: 190,
      render: (_, { cells }) => <span className={css.number}>{cells.orderId}</span>,
    },
    {
      title: t('connections.fileCustomer'),
      width: 130,
      render: (_, { cells }) => (
        <>
          <div className={css.one}>{cells.customer}</div>
          <div className={`${css.number} ${css.second}`}>{cells.phone}</div>
        </>
      ),
    },
    {
      title: t('connections.fileAddress'),
      width: 220,
      render: (_, { cells }) => (
        <div className={css.two} title={cells.address}>
          {cells.address}
        </div>
      ),
    },
    {
      title: t('connections.fileGoods'),
      width: 220,
      render: (_, { cells: { goods } }) => (
        <div title={goods.join('\n')}>
          <div className={css.two}>{goods[0]}</div>
          {goods.length > 1 && (
            <div className={css.second}>{t('connections.fileMoreGoods', { n: countText(goods.length) })}</div>
          )}
        </div>
      ),
    },
    {
      title: t('connections.filePaid'),
      width: 110,
      align: 'right',
      render: (_, { cells }) => <span className={css.number}>{cells.paid}</span>,
    },
    {
      title: t('connections.fileOrderedAt'),
      width: 140,
      render: (_, { cells }) => cells.orderedAt,
    },
  ]
  return (
    <Table
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={lines}
      pagination={false}
      scroll={{ x: 1_198 }}
      rowClassName={({ row }) => (row.problems.length > 0 ? (css.faulty ?? '') : '')}
      expandable={{
        showExpandColumn: false,
        expandedRowKeys: lines.filter(({ row }) => row.problems.length > 0).map(({ key }) => key),
        expandedRowRender: ({ row }) => <Problems problems={row.problems} />,
        expandedRowClassName: css.problems ?? '',
      }}
    />
  )
}

/** Everything wrong with one order. */
export function Problems({ problems }: Pick<PreviewRow, 'problems'>): ReactElement {
  return (
    <ul className={css.problemList}>
      {problems.map(problem => (
        <li key={`${problem.field} ${problem.code} ${problem.message}`}>
          <ProblemText problem={problem} />
        </li>
      ))}
    </ul>
  )
}

const FEW_ROWS = 3

function shortRows(rows: readonly number[], { t }: Pick<ReturnType<typeof useWords>, 't'>): string {
  const all = rowsText(rows)
  return all.split('、').length <= FEW_ROWS
    ? all
    : t('connections.fileRowsShort', { first: countText(rows[0] ?? 0), n: countText(rows.length) })
}
