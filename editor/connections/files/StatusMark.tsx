import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  SyncOutlined,
} from '@ant-design/icons'
import type { ReactElement } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import css from './FilePreview.module.css'
import type { RowStatus } from './file-preview.ts'

const words = {
  new: 'connections.fileNew',
  changed: 'connections.fileChanged',
  repeated: 'connections.fileRepeated',
  refused: 'connections.fileRefused',
  unmapped: 'connections.fileUnmapped',
} as const

const icons = {
  new: <CheckCircleFilled aria-hidden />,
  changed: <CheckCircleFilled aria-hidden />,
  repeated: <SyncOutlined aria-hidden />,
  refused: <CloseCircleFilled aria-hidden />,
  unmapped: <ExclamationCircleFilled aria-hidden />,
}

/** What would become of a row: an icon and a word. */
export function StatusMark({ status }: { status: RowStatus }): ReactElement {
  const { t } = useWords()
  return (
    <span className={`${css.status} ${css[status] ?? ''}`}>
      {icons[status]} {t(words[status])}
    </span>
  )
}
