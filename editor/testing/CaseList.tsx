import { CheckSquareOutlined, PlayCircleOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { WorkflowCase } from '../api/draft-contract.ts'
import type { T } from '../i18n/i18n.ts'
import { useWords } from '../i18n/use-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import css from './CaseList.module.css'
import { CaseRow } from './CaseRow.tsx'
import { casesQuery } from './queries.ts'
import type { Cases } from './use-cases.ts'
import type { Shown } from './use-tester.ts'

/** The cases of a workflow and how they come out on the draft on screen. */
export function CaseList(props: {
  workflow: string
  cases: Cases
  onShow: (shown: Shown) => void
}): ReactElement {
  const { t } = useWords()
  const { cases } = props
  const kept = useQuery(casesQuery(props.workflow))
  if (kept.isPending) return <Loading rows={4} />
  if (kept.isError && !kept.data) return <Failed failure={kept.error} onRetry={() => void kept.refetch()} />
  const rows = kept.data?.items.filter(({ id }) => id !== cases.removed?.id) ?? []
  const { tried } = cases
  return (
    <article>
      <header className={css.head}>
        <h3 className={css.title}>{titleOf(rows, cases, t)}</h3>
        {rows.length > 0 && (
          <Button
            size="small"
            type="primary"
            icon={<PlayCircleOutlined aria-hidden />}
            loading={cases.running}
            onClick={cases.run}
          >
            {tried?.stale ? t('testing.again') : t('testing.runCases')}
          </Button>
        )}
      </header>
      {cases.removed && (
        <p className={css.removed} role="status">
          {t('testing.removed', { name: cases.removed.name })}
          <Button size="small" type="link" onClick={cases.undo}>
            {t('testing.undo')}
          </Button>
        </p>
      )}
      {rows.length === 0 ? (
        <p className={css.none}>
          <CheckSquareOutlined aria-hidden /> {t('testing.noCases')}
        </p>
      ) : (
        <ul data-stale={tried?.stale ?? false} className={css.rows} aria-label={t('testing.cases')}>
          {rows.map(row => (
            <CaseRow
              key={row.id}
              kept={row}
              result={tried?.results.get(row.id)}
              onLook={run => props.onShow({ run, meaning: tried?.meaning ?? '' })}
              onRename={name => cases.change(row.id, { name })}
              onAccept={(expect, done) => cases.change(row.id, { expect }, done)}
              onRemove={() => cases.remove(row)}
            />
          ))}
        </ul>
      )}
    </article>
  )
}

function titleOf(rows: readonly WorkflowCase[], { tried }: Cases, t: T): string {
  const results = rows.flatMap(({ id }) => tried?.results.get(id) ?? [])
  if (results.length === 0) return t('testing.caseCount', { count: rows.length })
  const failed = results.filter(({ passed }) => !passed).length
  return failed === 0
    ? t('testing.casesPassed', { count: results.length })
    : t('testing.casesFailed', { count: results.length, failed })
}
