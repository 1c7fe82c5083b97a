import { Button, Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './SourcePane.module.css'
import { MOST_SAMPLES } from './samples.ts'

/** A document pasted as text; what is not JSON is told with its place and stays to be mended. */
export function PasteSample(props: {
  onGive: (text: string) => string | undefined
  onCancel: () => void
}): ReactElement {
  const { t } = useWords()
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string>()
  return (
    <div className={css.paste}>
      <Input.TextArea
        autoFocus
        aria-label={t('mapper.pasteLabel')}
        placeholder={t('mapper.pasteHint', { count: MOST_SAMPLES })}
        value={text}
        status={fault ? 'error' : ''}
        spellCheck={false}
        autoSize={{ minRows: 6, maxRows: 16 }}
        onChange={event => {
          setText(event.target.value)
          setFault(undefined)
        }}
      />
      {fault && (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      )}
      <div className={css.ways}>
        <Button size="small" type="primary" onClick={() => setFault(props.onGive(text))}>
          {t('mapper.use')}
        </Button>
        <Button size="small" onClick={props.onCancel}>
          {t('mapper.cancel')}
        </Button>
      </div>
    </div>
  )
}
