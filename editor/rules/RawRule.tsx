import { Button, Input } from 'antd'
import { type ReactElement, useId, useState } from 'react'
import { checkLimits } from '../../server/workflow/logic/limits.ts'
import { useWords } from '../i18n/use-words.ts'
import css from './Line.module.css'

/** A rule as JSON text; taken over only when it is one. */
export function RawRule({
  rule,
  onApply,
}: {
  rule: unknown
  onApply: (rule: unknown) => void
}): ReactElement {
  const { t, say } = useWords()
  const [text, setText] = useState(() => (rule === undefined ? '' : JSON.stringify(rule, null, 2)))
  const id = useId()
  const { value, fault } = parsed(text)
  const problem = fault === undefined ? checkLimits(value)[0]?.message : undefined
  const isBad = text.trim() !== '' && (fault !== undefined || problem !== undefined)
  return (
    <div className={css.raw}>
      <Input.TextArea
        aria-label={t('rules.rawRule')}
        aria-invalid={isBad}
        aria-describedby={isBad ? id : undefined}
        autoSize={{ minRows: 3, maxRows: 14 }}
        spellCheck={false}
        status={isBad ? 'error' : ''}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      {isBad && (
        <p className={css.rawFault} id={id}>
          {fault === undefined ? say(problem) : t('rules.notJson', { why: fault })}
        </p>
      )}
      <Button size="small" disabled={isBad || text.trim() === ''} onClick={() => onApply(value)}>
        {t('rules.applyRaw')}
      </Button>
    </div>
  )
}

function parsed(text: string): { readonly value?: unknown; readonly fault?: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (failure) {
    return { fault: failure instanceof Error ? failure.message : String(failure) }
  }
}
