import type { ReactElement } from 'react'
import { countText } from '../../format/number.ts'
import { useWords } from '../../i18n/use-words.ts'
import css from './FilePreview.module.css'
import type { FilePreview } from './file-preview.ts'
import { StatusMark } from './StatusMark.tsx'

const PARTS = ['new', 'changed', 'unmapped', 'repeated', 'refused'] as const

const why = {
  new: 'connections.fileNewWhy',
  changed: 'connections.fileChangedWhy',
  repeated: 'connections.fileRepeatedWhy',
  unmapped: 'connections.fileUnmappedWhy',
  refused: 'connections.fileRefusedWhy',
} as const

/** How many orders of each kind a file would bring. */
export function Outcome({ counts }: Pick<FilePreview, 'counts'>): ReactElement {
  const { t } = useWords()
  const shown = PARTS.filter(part => part === 'new' || counts[part] > 0)
  return (
    <div>
      <ul className={css.outcome}>
        {shown.map(part => (
          <li key={part} title={t(why[part])}>
            <strong>{countText(counts[part])}</strong> <StatusMark status={part} />
          </li>
        ))}
      </ul>
      {shown
        .filter(part => part === 'unmapped' || part === 'refused')
        .map(part => (
          <p key={part} className={css.faint}>
            <StatusMark status={part} /> {t(why[part])}
          </p>
        ))}
    </div>
  )
}
