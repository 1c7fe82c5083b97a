import { FileExclamationOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { RequestFailure } from '../../api/request.ts'
import { useWords } from '../../i18n/use-words.ts'
import { Failed } from '../../parts/Failed.tsx'
import { failureText } from '../../parts/failure-text.ts'
import { Notice } from '../../parts/Notice.tsx'

/** In place of a preview: what is wrong with the file and what to do, or that nobody could be asked. */
export function Unreadable(props: {
  failure: unknown
  /** A person chose how it is read: it may be that and not the file. */
  isChosen: boolean
  onRetry: () => void
  onReset: () => void
  onOther: () => void
}): ReactElement {
  const { t, language } = useWords()
  const { failure } = props
  const isOfFile = failure instanceof RequestFailure && failure.status >= 400 && failure.status < 500
  if (!isOfFile) return <Failed failure={failure} onRetry={props.onRetry} />
  return (
    <Notice
      role="alert"
      picture={<FileExclamationOutlined aria-hidden />}
      title={t('connections.fileUnreadable')}
      text={failureText(failure, t, language)}
      action={
        props.isChosen ? (
          <Button onClick={props.onReset}>{t('connections.fileReset')}</Button>
        ) : (
          <Button type="primary" onClick={props.onOther}>
            {t('connections.fileOther')}
          </Button>
        )
      }
    />
  )
}
