import { Input } from 'antd'
import { type ReactElement, useState } from 'react'

/** A text field for a value that has to be read out of what is typed; what cannot be read stays, and is marked. */
export function ParsedInput<V>(props: {
  label: string
  id?: string
  value: V | undefined
  show: (value: V) => string
  parse: (text: string) => V | undefined
  placeholder?: string | undefined
  prefix?: string | undefined
  suffix?: string | undefined
  width?: number | string
  isBad?: boolean
  describedBy?: string | undefined
  focusAtOnce?: boolean
  onChange: (value: V | undefined) => void
}): ReactElement {
  const { value, show, parse, onChange } = props
  const shown = value === undefined ? '' : show(value)
  const [typed, setTyped] = useState({ text: shown, value })
  if (typed.value !== value) setTyped({ text: shown, value })
  const isUnread = typed.text.trim() !== '' && parse(typed.text) === undefined
  return (
    <Input
      id={props.id}
      aria-label={props.label}
      aria-invalid={isUnread || props.isBad === true}
      aria-describedby={props.describedBy}
      autoComplete="off"
      autoFocus={props.focusAtOnce ?? false}
      inputMode="decimal"
      style={{ width: props.width ?? 130 }}
      status={isUnread || props.isBad ? 'error' : ''}
      placeholder={props.placeholder}
      prefix={props.prefix}
      suffix={props.suffix}
      value={typed.text}
      onChange={event => {
        const { value: text } = event.target
        const next = parse(text)
        setTyped({ text, value: next })
        if (next !== value) onChange(next)
      }}
      onBlur={() => {
        if (!isUnread) setTyped({ text: shown, value })
      }}
    />
  )
}
