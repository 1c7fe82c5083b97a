import { Button } from 'antd'
import type { ReactElement } from 'react'
import type { RunError } from '../api/contract.ts'
import { useWords } from '../i18n/use-words.ts'
import { inLanguage } from '../parts/failure-text.ts'
import css from './RunFailure.module.css'
import { useRetry } from './use-retry.ts'

const blames = {
  workflow: 'runs.blameWorkflow',
  connector: 'runs.blameConnector',
  engine: 'runs.blameEngine',
} as const

function isBlame(blame: string): blame is keyof typeof blames {
  return blame in blames
}

/** Why a run failed, whose fault it is, and the way on. */
export function RunFailure({ run, error }: { run: string; error: RunError }): ReactElement {
  const { t, language } = useWords()
  const { retry, isPending } = useRetry(run)
  return (
    <div className={css.error} role="alert">
      <p>{inLanguage(error.message, language)}</p>
      <p className={css.blame}>
        {isBlame(error.blame) && t(blames[error.blame])} {error.code}
      </p>
      {error.retryable && (
        <Button size="small" loading={isPending} onClick={retry}>
          {t('runs.retry')}
        </Button>
      )}
    </div>
  )
}
