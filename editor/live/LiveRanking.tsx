import { CheckOutlined, DownOutlined, UpOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import { type ReactElement, useState } from 'react'
import type { CountsByNode } from '../canvas/live-counts.ts'
import { countText } from '../format/number.ts'
import type { T } from '../i18n/i18n.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './LiveRanking.module.css'
import { speedText } from './speed-text.ts'
import type { Store } from './store.ts'
import { useStore } from './store.ts'
import { type Ranking, ranked } from './traffic.ts'

const MOST = 6

/** Which nodes are slowest, fail most, or make runs wait; a row jumps to its node. */
export function LiveRanking(props: {
  counts: Store<CountsByNode>
  titles: ReadonlyMap<string, string>
  onJump: (node: string) => void
}): ReactElement {
  const { t } = useWords()
  const [by, setBy] = useState<Ranking>('slow')
  const [open, setOpen] = useState(() => window.innerWidth > 1_000)
  return (
    <section className={css.ranking} aria-label={t('runs.ranking')}>
      <div className={css.head}>
        {open ? (
          <Segmented<Ranking>
            size="small"
            aria-label={t('runs.ranking')}
            value={by}
            onChange={setBy}
            options={[
              { value: 'slow', label: t('runs.bySlow') },
              { value: 'failed', label: t('runs.byFailed') },
              { value: 'waiting', label: t('runs.byWaiting') },
            ]}
          />
        ) : (
          <span>{t('runs.ranking')}</span>
        )}
        <Button
          type="text"
          size="small"
          icon={open ? <UpOutlined aria-hidden /> : <DownOutlined aria-hidden />}
          aria-expanded={open}
          aria-label={t('runs.ranking')}
          onClick={() => setOpen(!open)}
        />
      </div>
      {open && <Rows {...props} by={by} />}
    </section>
  )
}

function Rows(props: {
  counts: Store<CountsByNode>
  titles: ReadonlyMap<string, string>
  by: Ranking
  onJump: (node: string) => void
}): ReactElement {
  const { t } = useWords()
  const rows = ranked(useStore(props.counts), props.by, MOST)
  if (rows.length === 0) {
    return (
      <p className={css.none}>
        {props.by === 'slow' ? null : <CheckOutlined aria-hidden />} {t(nothing[props.by])}
      </p>
    )
  }
  const most = rows[0]!.value
  return (
    <ol>
      {rows.map(({ node, value }) => (
        <li key={node}>
          <button type="button" className={css.row} onClick={() => props.onJump(node)}>
            <span className={css.name}>{props.titles.get(node) ?? node}</span>
            <span className={css.value}>{valueText(value, props.by, t)}</span>
            <span
              className={css.share}
              data-by={props.by}
              style={{ width: `${Math.max(2, (value / most) * 100)}%` }}
            />
          </button>
        </li>
      ))}
    </ol>
  )
}

const nothing = {
  slow: 'runs.noneSlow',
  failed: 'runs.noneFailed',
  waiting: 'runs.noneWaiting',
} as const satisfies Record<Ranking, string>

function valueText(value: number, by: Ranking, t: T): string {
  return by === 'slow' ? speedText(value, t) : countText(value)
}
