import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, useCallback } from 'react'
import type { Card, CardPort } from '../canvas/drawing.ts'
import { kinds } from '../canvas/kinds.tsx'
import { type CountsByNode, throughPort, useLiveNumber } from '../canvas/live-counts.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './WorkflowPage.module.css'

/** The selected node in full: its whole rule, and what came in and went out where. */
export function NodeDetails({ card, onClose }: { card: Card; onClose: () => void }): ReactElement {
  const { t } = useWords()
  const { kind, title, sentence, ports } = card.data
  const entered = useLiveNumber(useCallback((counts: CountsByNode) => counts[card.id]?.in ?? 0, [card.id]))
  return (
    <aside className={css.details} aria-label={title}>
      <h2 className={css.detailsTitle}>
        <span style={{ color: kinds[kind].colour }}>{kinds[kind].icon}</span>
        {title}
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('parts.close')}
          onClick={onClose}
        />
      </h2>
      <p className={css.label}>{t('workflows.ruleInWords')}</p>
      <p>{sentence}</p>
      <p className={css.label}>{t('workflows.exits')}</p>
      <p className={css.exit}>{t('workflows.entered', { count: entered })}</p>
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
