import { CaretRightOutlined, LeftOutlined, PauseOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, useEffect, useRef } from 'react'
import type { RunDetail, RunStep } from '../api/contract.ts'
import { durationText } from '../format/time.ts'
import { useWords } from '../i18n/use-words.ts'
import { useNow } from '../parts/use-now.ts'
import { RunFailure } from './RunFailure.tsx'
import css from './RunPage.module.css'
import type { Cursor } from './use-cursor.ts'

/** The steps of a run beside its drawing, each with its reason; the one on show can be moved back and forth. */
export function RunSteps({ run, cursor }: { run: RunDetail; cursor: Cursor }): ReactElement {
  const { t, say } = useWords()
  const now = useNow(30_000)
  return (
    <aside className={css.steps} aria-label={t('runs.steps')}>
      <p className={css.sentence}>{say(run.sentence)}</p>
      {run.error && <RunFailure run={run.id} error={run.error} />}
      <Player cursor={cursor} />
      <ol className={css.list}>
        {run.steps.map((step, index) => (
          <Step
            // A node may be visited twice, so only its place in the story tells steps apart.
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever appended
            key={index}
            step={step}
            place={index + 1}
            failed={run.status === 'failed' && run.error?.node === step.node}
            cursor={cursor}
          />
        ))}
      </ol>
      {run.status === 'waiting' && (
        <p className={css.waiting}>
          {t('runs.stepWaiting')} ·{' '}
          {t('runs.since', { duration: durationText(now - Date.parse(run.startedAt), t) })}
        </p>
      )}
    </aside>
  )
}

function Player({ cursor }: { cursor: Cursor }): ReactElement {
  const { t } = useWords()
  const { at, total, playing } = cursor
  return (
    <div className={css.player}>
      <Button
        size="small"
        icon={<LeftOutlined aria-hidden />}
        aria-label={t('runs.previousStep')}
        title={t('runs.previousStep')}
        disabled={at <= 1}
        onClick={() => cursor.go(at - 1)}
      />
      <Button
        size="small"
        icon={playing ? <PauseOutlined aria-hidden /> : <CaretRightOutlined aria-hidden />}
        disabled={total < 2}
        onClick={() => cursor.play(!playing)}
      >
        {playing ? t('runs.stopPlaying') : t('runs.play')}
      </Button>
      <Button
        size="small"
        icon={<RightOutlined aria-hidden />}
        aria-label={t('runs.nextStep')}
        title={t('runs.nextStep')}
        disabled={at >= total}
        onClick={() => cursor.go(at + 1)}
      />
      <span role="status">{t('runs.stepOf', { n: Math.min(at, total), total })}</span>
      <span className={css.keys}>{t('runs.arrowKeys')}</span>
    </div>
  )
}

function Step(props: { step: RunStep; place: number; failed: boolean; cursor: Cursor }): ReactElement {
  const { t, say } = useWords()
  const { step, place, failed, cursor } = props
  const isHere = cursor.at === place
  const item = useRef<HTMLLIElement>(null)
  const opened = useRef(false)
  useEffect(() => {
    // The list opens at its beginning, though the end of the run is on show.
    if (isHere && opened.current) item.current?.scrollIntoView({ block: 'nearest' })
    opened.current = true
  }, [isHere])
  return (
    <li ref={item}>
      <button
        type="button"
        className={css.step}
        aria-current={isHere ? 'step' : undefined}
        data-failed={failed}
        data-later={place > cursor.at}
        onClick={() => cursor.go(place)}
      >
        <span className={css.place}>{place}</span>
        <span className={css.told}>
          <span className={css.name}>
            {say(step.label)}
            {step.portNames.map(name => (
              <span key={name.en} className={css.port}>
                {say(name)}
              </span>
            ))}
          </span>
          <span className={css.why}>{say(step.sentence) || t('runs.stepNoReason')}</span>
        </span>
      </button>
    </li>
  )
}
