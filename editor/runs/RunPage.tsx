import { ArrowLeftOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import type { RunDetail } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { outcomeWord } from '../parts/code-words.ts'
import { Failed } from '../parts/Failed.tsx'
import { Loading } from '../parts/Loading.tsx'
import { Moment } from '../parts/Moment.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { isAboutSku, subjectPath } from '../parts/subject-path.ts'
import { nodeTypesQuery, versionQuery } from '../workflows/queries.ts'
import css from './RunPage.module.css'
import { RunSteps } from './RunSteps.tsx'
import { RunWay } from './RunWay.tsx'
import { useCursor } from './use-cursor.ts'
import { useRun } from './use-run.ts'

/** One run on the drawing it went through, step by step. */
export function RunPage(): ReactElement {
  const { t } = useWords()
  const { id } = useParams()
  const run = useRun(id)
  if (run.data) return <Opened key={run.data.id} run={run.data} />
  return (
    <>
      <PageHead title={t('runs.title')} beside={<Link to="/workflows">{t('runs.back')}</Link>} />
      {run.isError ? (
        <Failed failure={run.error} onRetry={() => void run.refetch()} />
      ) : (
        <Loading rows={10} />
      )}
    </>
  )
}

function Opened({ run }: { run: RunDetail }): ReactElement {
  const { t, language } = useWords()
  const navigate = useNavigate()
  const version = useQuery(versionQuery(run.workflow, run.version))
  const types = useQuery(nodeTypesQuery)
  const cursor = useCursor(run.steps.length)
  const order = (
    <Link to={subjectPath(run.orderKey, run.orderId)}>
      {t(isAboutSku(run.orderKey) ? 'runs.toSku' : 'runs.toOrder')}
    </Link>
  )
  return (
    <div className={css.page}>
      <div className={css.top}>
        <Button
          type="text"
          icon={<ArrowLeftOutlined aria-hidden />}
          aria-label={t('runs.back')}
          title={t('runs.back')}
          onClick={() => void navigate(`/workflows/${encodeURIComponent(run.workflow)}?view=runs`)}
        />
        <PageHead
          title={t(isAboutSku(run.orderKey) ? 'runs.runOfSku' : 'runs.runOf', { order: run.orderId })}
          beside={
            <span className={css.beside}>
              <StateMark
                status={run.status}
                word={run.status === 'done' ? outcomeWord(run.outcome, language) : undefined}
              />
              <Link to={`/workflows/${encodeURIComponent(run.workflow)}`}>
                {run.workflowName} {t('runs.version', { n: run.version })}
              </Link>
              <Moment at={run.startedAt} />
              {run.orderKey && order}
            </span>
          }
        />
      </div>
      <div className={css.halves}>
        <div className={css.drawing}>
          {version.data && types.data ? (
            <RunWay run={run} version={version.data} types={types.data.items} cursor={cursor} />
          ) : version.isError || types.isError ? (
            <Failed
              failure={version.error ?? types.error}
              onRetry={() => void Promise.all([version.refetch(), types.refetch()])}
            />
          ) : (
            <Loading rows={10} />
          )}
        </div>
        <RunSteps run={run} cursor={cursor} />
      </div>
    </div>
  )
}
