import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { RunDetail } from '../api/contract.ts'
import { durationText } from '../format/time.ts'
import { useWords } from '../i18n/use-words.ts'
import { outcomeWord } from '../parts/code-words.ts'
import { Moment } from '../parts/Moment.tsx'
import { StateMark } from '../parts/StateMark.tsx'
import { useNow } from '../parts/use-now.ts'
import { RunFailure } from './RunFailure.tsx'
import css from './RunStory.module.css'

/** What a run did, step by step, each with its reason; and the way on where it failed. */
export function RunStory({ run }: { run: RunDetail }): ReactElement {
  const { t, say, language } = useWords()
  const now = useNow(30_000)
  const took = run.finishedAt ? Date.parse(run.finishedAt) - Date.parse(run.startedAt) : undefined
  return (
    <article>
      <p className={css.sum}>
        <StateMark
          status={run.status}
          word={run.status === 'done' ? outcomeWord(run.outcome, language) : undefined}
        />
        <Link to={`/workflows/${encodeURIComponent(run.workflow)}`}>
          {run.workflowName} {t('runs.version', { n: run.version })}
        </Link>
        <Moment at={run.startedAt} />
        <Link to={`/runs/${encodeURIComponent(run.id)}`}>{t('runs.onCanvas')}</Link>
        {run.status === 'done' && took !== undefined && took >= 1_000 && (
          <span>{t('runs.took', { duration: durationText(took, t) })}</span>
        )}
      </p>
      {run.error && <RunFailure run={run.id} error={run.error} />}
      <ol className={css.steps}>
        {run.steps.map((step, index) => {
          const isFailed = run.status === 'failed' && run.error?.node === step.node
          return (
            // A node may be visited twice, so only its place in the story tells steps apart.
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever appended
            <li key={index} className={css.step} data-failed={isFailed}>
              <p className={css.head}>
                <span className={css.node}>{say(step.label)}</span>
                {step.portNames.map(name => (
                  <span key={name.en} className={css.port}>
                    {say(name)}
                  </span>
                ))}
              </p>
              <p className={css.why}>{say(step.sentence) || t('runs.stepNoReason')}</p>
            </li>
          )
        })}
        {run.status === 'waiting' && (
          <li className={css.waiting}>
            {t('runs.stepWaiting')} ·{' '}
            {t('runs.since', { duration: durationText(now - Date.parse(run.startedAt), t) })}
          </li>
        )}
      </ol>
    </article>
  )
}
