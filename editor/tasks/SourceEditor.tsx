import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { printExact } from '../api/exact-json.ts'
import { useWords } from '../i18n/use-words.ts'
import { type Place, readDocument } from './json-document.ts'
import css from './Mend.module.css'

/** A document as text, with the place where it stops being JSON. */
export function SourceEditor(props: {
  text: string
  fault: Place | undefined
  onChange: (text: string) => void
}): ReactElement {
  const { t } = useWords()
  const { text, fault, onChange } = props
  const tidyUp = () => {
    const reading = readDocument(text)
    if ('document' in reading) onChange(printExact(reading.document, 2))
  }
  return (
    <div className={css.source}>
      <Input.TextArea
        aria-label={t('tasks.json')}
        value={text}
        status={fault ? 'error' : ''}
        spellCheck={false}
        autoSize={{ minRows: 14, maxRows: 32 }}
        onChange={event => onChange(event.target.value)}
      />
      <div className={css.bar}>
        {fault ? (
          <p className={css.fault} role="alert">
            {t('tasks.notJson', { line: fault.line, column: fault.column })}
          </p>
        ) : (
          <Button size="small" onClick={tidyUp}>
            {t('tasks.format')}
          </Button>
        )}
      </div>
    </div>
  )
}
