import type { ReactElement } from 'react'
import { clockText, fullInstant, type Instant, momentText } from '../format/time.ts'
import { useWords } from '../i18n/use-words.ts'

/** 今天 14:03, with the full instant behind it. `clock` shows the seconds and no day. */
export function Moment({ at, clock = false }: { at: Instant; clock?: boolean }): ReactElement {
  const { t } = useWords()
  const date = new Date(at)
  return (
    <time dateTime={Number.isNaN(date.getTime()) ? undefined : date.toISOString()} title={fullInstant(at)}>
      {clock ? clockText(at) : momentText(at, t)}
    </time>
  )
}
