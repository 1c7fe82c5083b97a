import {
  CheckOutlined,
  CloseCircleFilled,
  CloudSyncOutlined,
  DisconnectOutlined,
  LoadingOutlined,
} from '@ant-design/icons'
import type { ReactElement, ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { failureText } from '../parts/failure-text.ts'
import type { Saving } from './draft.ts'

const marks = {
  saved: [<CheckOutlined key="i" aria-hidden />, 'drafting.saved'],
  waiting: [<CloudSyncOutlined key="i" aria-hidden />, 'drafting.saving'],
  saving: [<LoadingOutlined key="i" aria-hidden />, 'drafting.saving'],
  offline: [<DisconnectOutlined key="i" aria-hidden />, 'drafting.savedHere'],
  refused: [<CloseCircleFilled key="i" aria-hidden />, 'drafting.saveRefused'],
} as const satisfies Record<Saving, readonly [ReactNode, string]>

/** Whether the server has everything; where it does not, that nothing is lost. */
export function SavingMark({ saving, failure }: { saving: Saving; failure: unknown }): ReactElement {
  const { t, language } = useWords()
  const [icon, word] = marks[saving]
  const why = saving === 'refused' ? failureText(failure, t, language) : ''
  return (
    <span role="status" title={why} style={{ color: saving === 'refused' ? 'var(--bad)' : undefined }}>
      {icon} {t(word)} {why}
    </span>
  )
}
