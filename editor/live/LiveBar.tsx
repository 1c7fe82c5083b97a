import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Moment } from '../parts/Moment.tsx'
import css from './LiveBar.module.css'
import type { TrafficRange } from './traffic.ts'
import type { WatchedTraffic } from './use-traffic.ts'

/** Over a living drawing: from when on its numbers count, and a way to make it stand still. */
export function LiveBar({ watched, linked }: { watched: WatchedTraffic; linked: boolean }): ReactElement {
  const { t } = useWords()
  const { range, since, paused } = watched
  return (
    <div className={css.bar}>
      <Segmented<TrafficRange>
        size="small"
        aria-label={t('runs.countedSince')}
        value={range}
        disabled={paused}
        onChange={watched.choose}
        options={[
          { value: 'start', label: t('runs.sinceStart') },
          { value: 'minute', label: t('runs.lastMinute') },
          { value: 'now', label: t('runs.fromNow') },
        ]}
      />
      <Button
        size="small"
        icon={paused ? <CaretRightOutlined aria-hidden /> : <PauseOutlined aria-hidden />}
        aria-pressed={paused}
        onClick={() => watched.pause(!paused)}
      >
        {paused ? t('runs.goOn') : t('runs.standStill')}
      </Button>
      <span className={css.hint} role="status">
        {!linked ? (
          t('workflows.liveOff')
        ) : paused ? (
          t('runs.standsStill')
        ) : since === undefined ? (
          t('workflows.liveOn')
        ) : (
          <>
            {t('runs.countedFrom')} <Moment at={since} clock />
          </>
        )}
      </span>
    </div>
  )
}
