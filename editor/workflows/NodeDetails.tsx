import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, type ReactNode, useCallback } from 'react'
import { Link } from 'react-router'
import { query } from '../api/request.ts'
import type { Card, CardPort } from '../canvas/drawing.ts'
import { kinds } from '../canvas/kinds.tsx'
import { type CountsByNode, throughPort, useLiveNumber } from '../canvas/live-counts.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { speedText } from '../live/speed-text.ts'
import { steppedMs } from '../live/traffic.ts'
import css from './PublishedDrawing.module.css'

/** The selected node in full: its whole rule, what came in and went out where, how long it takes, what failed. */
export function NodeDetails(props: { card: Card; workflow: string; onClose: () => void }): ReactElement {
  const { card, workflow } = props
  const { t } = useWords()
  const { kind, title, sentence, ports } = card.data
  return (
    <aside className={css.details} aria-label={title}>
      <h2 className={css.detailsTitle}>
        <span style={{ color: kinds[kind].colour }}>{kinds[kind].icon}</span>
        {title}
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('parts.close')}
          onClick={props.onClose}
        />
      </h2>
      <p className={css.label}>{t('workflows.ruleInWords')}</p>
      <p>{sentence}</p>
      <p className={css.label}>{t('workflows.exits')}</p>
      <Numbers node={card.id} workflow={workflow} />
      <ul>
        {ports.map(port => (
          <Exit key={port.id} node={card.id} port={port} />
        ))}
      </ul>
      <p className={css.label}>{t('workflows.identity')}</p>
      <p>{card.id}</p>
    </aside>
  )
}

function Numbers({ node, workflow }: { node: string; workflow: string }): ReactElement {
  const { t } = useWords()
  const entered = useLiveNumber(useCallback((counts: CountsByNode) => counts[node]?.in ?? 0, [node]))
  const waiting = useLiveNumber(useCallback((counts: CountsByNode) => counts[node]?.waiting ?? 0, [node]))
  const failed = useLiveNumber(useCallback((counts: CountsByNode) => counts[node]?.failed ?? 0, [node]))
  const meanMs = useLiveNumber(
    useCallback((counts: CountsByNode) => steppedMs(counts[node]?.meanMs ?? 0), [node]),
  )
  return (
    <>
      <p className={css.exit}>{t('workflows.entered', { count: entered })}</p>
      {meanMs > 0 && <Figure name={t('runs.meanTime')}>{speedText(meanMs, t)}</Figure>}
      {waiting > 0 && <Figure name={t('runs.byWaiting')}>{countText(waiting)}</Figure>}
      {failed > 0 && (
        <Figure name={t('workflows.failedHere', { count: failed })}>
          <Link
            className={css.bad}
            to={`/workflows/${encodeURIComponent(workflow)}${query({ view: 'runs', runs: 'failed', node })}`}
          >
            {t('runs.seeThem')}
          </Link>
        </Figure>
      )}
    </>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }): ReactElement {
  return (
    <p className={css.exit}>
      <span>{name}</span>
      <span>{children}</span>
    </p>
  )
}

function Exit({ node, port }: { node: string; port: CardPort }): ReactElement {
  const count = useLiveNumber(
    useCallback((counts: CountsByNode) => throughPort(counts, node, port.id), [node, port.id]),
  )
  return (
    <li className={css.exit}>
      <span>{port.name}</span>
      <span>{countText(count)}</span>
    </li>
  )
}
