import { type KeyboardEvent, type ReactElement, type Ref, useId, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './CellInput.module.css'

/** One cell to write in: grows with its text, suggests while it has the focus. */
export function CellInput(props: {
  label: string
  value: string
  placeholder?: string
  /** Shown below while the cell has the focus; choosing one gives it to `onSuggestion`. */
  suggestions?: readonly string[]
  invalid?: string | undefined
  readOnly?: boolean
  cell: string
  inputRef?: Ref<HTMLTextAreaElement>
  onChange: (text: string) => void
  onSuggestion?: (text: string) => void
  onFocus?: () => void
  onLeave?: () => void
  /** What a key does beside writing; true when it was dealt with. */
  onKey?: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
}): ReactElement {
  const { t } = useWords()
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const listId = useId()
  const suggestions = isOpen ? (props.suggestions ?? []) : []
  const take = (text: string) => {
    props.onSuggestion?.(text)
    setOpen(false)
    setActive(-1)
  }
  const key = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // While an input method composes, its keys are its own.
    if (event.nativeEvent.isComposing) return
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
    const chosen = suggestions[active]
    if (isPlain && event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault()
      take(chosen)
      return
    }
    if (isPlain && suggestions.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive(Math.max(-1, Math.min(suggestions.length - 1, active + step)))
      return
    }
    if (event.key === 'Escape' && suggestions.length > 0) {
      // The first Escape closes the suggestions, not the drawer around them.
      event.stopPropagation()
      setOpen(false)
      return
    }
    if (props.onKey?.(event)) event.preventDefault()
  }
  const leave = () => {
    setOpen(false)
    setActive(-1)
    props.onLeave?.()
  }
  return (
    <div className={css.cell} data-text={`${props.value || props.placeholder || ''} `}>
      <textarea
        ref={props.inputRef}
        className={css.input}
        rows={1}
        aria-label={props.label}
        aria-controls={suggestions.length > 0 ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-invalid={props.invalid !== undefined || undefined}
        title={props.invalid}
        data-cell={props.cell}
        value={props.value}
        placeholder={props.placeholder}
        readOnly={props.readOnly}
        onChange={event => {
          setOpen(true)
          setActive(-1)
          props.onChange(event.target.value)
        }}
        onFocus={() => {
          setOpen(true)
          props.onFocus?.()
        }}
        onBlur={leave}
        onKeyDown={key}
      />
      {suggestions.length > 0 && (
        <div className={css.list} role="listbox" id={listId} aria-label={t('tables.suggestions')}>
          {suggestions.map((text, index) => (
            <div
              key={text}
              id={`${listId}-${index}`}
              className={css.option}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              // The cell keeps the focus, so that leaving it still means leaving it.
              onMouseDown={event => event.preventDefault()}
              onClick={() => take(text)}
              onKeyDown={event => event.key === 'Enter' && take(text)}
            >
              {text}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
