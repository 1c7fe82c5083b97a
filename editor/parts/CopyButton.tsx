import { CheckOutlined, CopyOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactElement, useEffect, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useReport } from './use-report.ts'

const SAY_DONE_MS = 2_000

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text }: { text: string }): ReactElement {
  const { t } = useWords()
  const report = useReport()
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), SAY_DONE_MS)
    return () => clearTimeout(timer)
  }, [done])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setDone(true)
    } catch (failure) {
      report.failed(failure, why => t('parts.copyFailed', { why }))
    }
  }
  return (
    <Button
      size="small"
      icon={done ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />}
      onClick={() => void copy()}
    >
      {done ? t('parts.copied') : t('parts.copy')}
    </Button>
  )
}
