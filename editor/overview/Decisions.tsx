import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import type { Page, RunSummary } from '../api/contract.ts'
import { request } from '../api/request.ts'
import { useWords } from '../i18n/use-words.ts'
import { LIST_LENGTH, release, seed } from '../live/decision-list.ts'
import { ALL_SHOWN_UP_TO, decisions, decisionsHeld, live } from '../live/feed.ts'
import { useStore } from '../live/store.ts'
import { DecisionRow } from './DecisionRow.tsx'
import css from './Decisions.module.css'

/**
 * The newest decisions, each with its reason. Stands still while somebody reads it.
 * `expected`: orders are on their way, so an empty list will not stay so.
 */
export function Decisions({ expected }: { expected: boolean }): ReactElement {
  const { t } = useWords()
  const list = useStore(decisions)
  const isSampled = (useStore(live).latest?.rates.decided ?? 0) > ALL_SHOWN_UP_TO
  const [paused, setPaused] = useState(false)
  const [reading, setReading] = useState(false)
  const rows = useRef<HTMLUListElement>(null)
  const inside = useRef(false)
  useSeed()

  const holding = paused || reading
  useEffect(() => {
    decisionsHeld.set(holding)
    if (!holding) decisions.set(release(decisions.get()))
    return () => decisionsHeld.set(false)
  }, [holding])

  const showNew = () => {
    decisions.set(release(decisions.get()))
    rows.current?.scrollTo(0, 0)
  }
  // Somebody reads: the mouse or the keyboard is in the list, or it is scrolled away from the newest row.
  const look = () => setReading(inside.current || (rows.current?.scrollTop ?? 0) > 0)
  const enter = () => {
    inside.current = true
    look()
  }
  const leave = () => {
    inside.current = false
    look()
  }

  return (
    <section className={css.decisions}>
      <div className={css.head}>
        <h2 className={css.title}>{t('overview.decisionsTitle')}</h2>
        <span className={css.hint}>
          {paused
            ? t('overview.paused')
            : reading
              ? t('overview.holding')
              : isSampled
                ? t('overview.decisionsSampled')
                : ''}
        </span>
        {list.heldCount > 0 && (
          <Button size="small" type="link" onClick={showNew}>
            {t('overview.arrived', { count: list.heldCount })}
          </Button>
        )}
        <Button
          size="small"
          className={css.pause}
          icon={paused ? <CaretRightOutlined aria-hidden /> : <PauseOutlined aria-hidden />}
          aria-pressed={paused}
          onClick={() => setPaused(!paused)}
        >
          {paused ? t('overview.resume') : t('overview.pause')}
        </Button>
      </div>
      {list.shown.length === 0 ? (
        <p className={css.none}>{expected ? t('overview.decisionsWaiting') : t('overview.decisionsNone')}</p>
      ) : (
        <ul
          className={css.rows}
          ref={rows}
          onPointerEnter={event => event.pointerType === 'mouse' && enter()}
          onPointerLeave={leave}
          onFocus={enter}
          onBlur={leave}
          onScroll={look}
        >
          {list.shown.map(decision => (
            <DecisionRow key={decision.run} decision={decision} />
          ))}
        </ul>
      )}
    </section>
  )
}

/** A list that starts with what the store knows, instead of empty after every reload. */
function useSeed(): void {
  const { data } = useQuery({
    queryKey: ['runs', 'newest'],
    queryFn: ({ signal }) => request<Page<RunSummary>>(`/runs?limit=${LIST_LENGTH}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  useEffect(() => {
    if (!data) return
    const rows = data.items.map(run => ({ ...run, run: run.id, at: run.finishedAt ?? run.startedAt }))
    decisions.set(seed(decisions.get(), rows))
  }, [data])
}
