import { ClockCircleOutlined, CloseCircleFilled, HourglassOutlined } from '@ant-design/icons'
import { memo, type ReactElement, useCallback, useContext } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { speedText } from '../live/speed-text.ts'
import { slowestNode, steppedMs } from '../live/traffic.ts'
import { type CountsByNode, TrafficOnShow, useLiveNumber } from './live-counts.ts'
import css from './NodeTraffic.module.css'

/** At the foot of a card while traffic is shown: how long a visit takes, who stands here, and what failed. */
export const NodeTraffic = memo(function NodeTraffic({ node }: { node: string }): ReactElement | null {
  const traffic = useContext(TrafficOnShow)
  return traffic ? <Foot node={node} simulated={traffic.simulated} /> : null
})

function Foot({ node, simulated }: { node: string; simulated: boolean }): ReactElement | null {
  const { t } = useWords()
  const meanMs = useLiveNumber(
    useCallback((counts: CountsByNode) => steppedMs(counts[node]?.meanMs ?? 0), [node]),
  )
  const waiting = useLiveNumber(useCallback((counts: CountsByNode) => counts[node]?.waiting ?? 0, [node]))
  const failed = useLiveNumber(useCallback((counts: CountsByNode) => counts[node]?.failed ?? 0, [node]))
  const isSlowest = useLiveNumber(
    useCallback((counts: CountsByNode) => (slowestNode(counts) === node ? 1 : 0), [node]),
  )
  if (meanMs === 0 && waiting === 0 && failed === 0) return null
  const state = failed > 0 ? 'failed' : waiting > 0 ? 'waiting' : isSlowest ? 'slow' : 'calm'
  return (
    <>
      {state !== 'calm' && <span className={css.ring} data-state={state} />}
      <div className={css.foot} data-state={state} data-simulated={simulated}>
        {meanMs > 0 && (
          <span data-slow={isSlowest === 1} className={css.mean} title={t('runs.meanTime')}>
            <ClockCircleOutlined aria-hidden /> {speedText(meanMs, t)}
            {isSlowest === 1 && <b className={css.mark}>{t('runs.slowest')}</b>}
          </span>
        )}
        {waiting > 0 && (
          <span className={css.waiting}>
            <HourglassOutlined aria-hidden /> {t('runs.standHere', { count: waiting })}
          </span>
        )}
        {failed > 0 && (
          <span className={css.failed}>
            <CloseCircleFilled aria-hidden /> {t('runs.failHere', { count: failed })}
          </span>
        )}
      </div>
    </>
  )
}
