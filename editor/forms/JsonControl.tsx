import { Input } from 'antd'
import { type ReactElement, useState } from 'react'
import { isRecord } from '../../server/workflow/param-parts.ts'
import { useWords } from '../i18n/use-words.ts'
import type { ControlProps } from './field-props.ts'
import css from './forms.module.css'

/** A value as JSON text; kept only when it can be read, and said at once when it cannot. */
export function JsonControl(props: ControlProps): ReactElement {
  const { t } = useWords()
  const { id, path, schema, value, isRequired, isBad, describedBy, onChange } = props
  const [typed, setTyped] = useState({ text: textOf(value), value })
  if (typed.value !== value) setTyped({ text: textOf(value), value })
  const { fault } = read(typed.text, schema.type)
  return (
    <>
      <Input.TextArea
        id={id}
        className={css.json}
        aria-invalid={isBad || fault !== undefined}
        aria-describedby={
          [describedBy, fault !== undefined && `${id}-fault`].filter(Boolean).join(' ') || undefined
        }
        autoSize={{ minRows: 3, maxRows: 16 }}
        spellCheck={false}
        status={isBad || fault !== undefined ? 'error' : ''}
        value={typed.text}
        onChange={event => {
          const { value: text } = event.target
          const next = read(text, schema.type)
          const isDone = next.fault === undefined && (next.value !== undefined || !isRequired)
          setTyped({ text, value: isDone ? next.value : value })
          if (isDone) onChange(next.value, path)
        }}
      />
      {fault !== undefined && (
        <p className={css.fault} id={`${id}-fault`}>
          {t(fault === '' ? 'forms.notAnObject' : 'forms.notJson', { why: fault })}
        </p>
      )}
    </>
  )
}

function textOf(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2)
}

function read(text: string, type: unknown): { readonly value?: unknown; readonly fault?: string } {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return type === 'object' && !isRecord(value) ? { fault: '' } : { value }
  } catch (failure) {
    return { fault: failure instanceof Error ? failure.message : String(failure) }
  }
}
