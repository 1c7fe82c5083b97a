import { DisconnectOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { failureText } from './failure-text.ts'
import { Notice } from './Notice.tsx'

/** In place of something that could not be read: what happened, and the way to try again. */
export function Failed({ failure, onRetry }: { failure: unknown; onRetry: () => void }): ReactElement {
  const { t, language } = useWords()
  return (
    <Notice
      role="alert"
      picture={<DisconnectOutlined aria-hidden />}
      title={t('parts.failedTitle')}
      text={failureText(failure, t, language)}
      action={<Button onClick={onRetry}>{t('parts.retry')}</Button>}
    />
  )
}
