import { DownOutlined } from '@ant-design/icons'
import {
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './Picker.module.css'
import { type Pick, type PickSection, searched } from './picking.ts'
import { placeBelow } from './place-below.ts'

/**
 * A button that opens a list to pick from: one click opens it, the next one picks. By keyboard: Enter, the arrows
 * or the first letter open it; typing searches; Enter picks; Escape goes back.
 */
export function Picker(props: {
  label: string
  /** What is picked now, in words. */
  chosen?: string | undefined
  placeholder: string
  /** As a function where they are only worth making once the list is open. */
  sections: readonly PickSection[] | (() => readonly PickSection[])
  chosenKey?: string | undefined
  /** Name of the search; without it the list has none. */
  search?: string
  /** Said in place of an empty list. */
  none?: string
  prefix?: ReactNode
  plain?: boolean
  /** Takes the keyboard as soon as it is on screen. */
  focusAtOnce?: boolean
  /** A pick made of what was typed, where the list has nothing like it. */
  asTyped?: (typed: string) => Pick | undefined
  onPick: (key: string) => void
}): ReactElement {
  const { t } = useWords()
  const { label, chosen, sections, search, focusAtOnce = false, onPick } = props
  const button = useRef<HTMLButtonElement>(null)
  const popup = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState<string>()
  const id = useId()
  const listId = `${id}list`
  const said = chosen ?? props.placeholder

  const shown = isOpen
    ? withTyped(
        searched(typeof sections === 'function' ? sections() : sections, typed),
        props.asTyped?.(typed.trim()),
      )
    : []
  const picks = shown.flatMap((section, at) =>
    section.picks.map(pick => ({ ...pick, id: `${id}${at}${pick.key}` })),
  )
  const at = Math.max(
    0,
    picks.findIndex(pick => pick.id === active),
  )
  const current = picks[at]

  const open = (letters = '') => {
    setTyped(letters)
    setActive(undefined)
    setOpen(true)
  }
  const close = () => popup.current?.hidePopover()
  const pick = (key: string) => {
    close()
    setOpen(false)
    button.current?.focus()
    onPick(key)
  }
  // The list is drawn before it is shown, so that it appears where it belongs.
  useLayoutEffect(() => {
    const [anchor, box] = [button.current, popup.current]
    if (!isOpen || !anchor || !box) return
    box.showPopover()
    placeBelow(anchor, box)
    box.querySelector<HTMLElement>('[data-focus]')?.focus()
  }, [isOpen])
  useEffect(() => {
    if (focusAtOnce) button.current?.focus()
  }, [focusAtOnce])
  useEffect(() => {
    if (!isOpen) return
    const place = () => button.current && popup.current && placeBelow(button.current, popup.current)
    window.addEventListener('scroll', place, true)
    window.addEventListener('resize', place)
    return () => {
      window.removeEventListener('scroll', place, true)
      window.removeEventListener('resize', place)
    }
  }, [isOpen])
  useEffect(() => {
    if (isOpen && current) document.getElementById(current.id)?.scrollIntoView({ block: 'nearest' })
  }, [isOpen, current])

  const onButtonKey = (event: KeyboardEvent) => {
    const isLetter =
      event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      open()
    } else if (isLetter && search) {
      event.preventDefault()
      open(event.key)
    }
  }
  const onListKey = (event: KeyboardEvent) => {
    // While an input method composes, Enter and the arrows belong to it.
    if (event.nativeEvent.isComposing) return
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    }
    const to = steps[event.key]
    event.stopPropagation()
    if (to !== undefined) {
      event.preventDefault()
      const wrapped = event.key.startsWith('Arrow') ? (to + picks.length) % picks.length : to
      setActive(picks[Math.min(Math.max(wrapped, 0), picks.length - 1)]?.id)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (current) pick(current.key)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      close()
    } else if (event.key === 'Tab') close()
  }

  return (
    <span className={css.holder}>
      <button
        ref={button}
        type="button"
        className={`${css.button} ${chosen === undefined ? css.empty : ''} ${props.plain ? css.plain : ''}`}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-label={said === label ? label : t('rules.pickerName', { label, chosen: said })}
        title={chosen}
        onClick={() => (isOpen ? close() : open())}
        onKeyDown={onButtonKey}
      >
        {props.prefix}
        <span className={css.chosen}>{said}</span>
        <DownOutlined className={css.arrow} />
      </button>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the search or the list inside */}
      <div
        ref={popup}
        popover="auto"
        className={css.popup}
        onToggle={event => event.newState === 'closed' && setOpen(false)}
        onKeyDown={onListKey}
      >
        {isOpen && search && (
          <input
            data-focus
            className={css.search}
            role="combobox"
            aria-expanded="true"
            aria-controls={listId}
            aria-activedescendant={current?.id}
            aria-label={search}
            placeholder={search}
            autoComplete="off"
            value={typed}
            onChange={event => {
              setTyped(event.target.value)
              setActive(undefined)
            }}
          />
        )}
        {isOpen && (
          <div
            id={listId}
            role="listbox"
            aria-label={label}
            className={css.list}
            tabIndex={search ? -1 : 0}
            data-focus={search ? undefined : true}
            aria-activedescendant={current?.id}
          >
            {picks.length === 0 && <p className={css.none}>{props.none ?? t('rules.nothingFound')}</p>}
            {shown.map((section, index) => (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot stand in a listbox
              <div key={section.title ?? 'all'} role="group" aria-label={section.title ?? label}>
                {section.title && (
                  <p className={css.title} aria-hidden="true">
                    {section.title}
                  </p>
                )}
                {section.picks.map(each => {
                  const optionId = `${id}${index}${each.key}`
                  return (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the list
                    <div
                      key={each.key}
                      id={optionId}
                      role="option"
                      tabIndex={-1}
                      aria-selected={each.key === props.chosenKey}
                      className={`${css.option} ${optionId === current?.id ? css.active : ''}`}
                      onMouseMove={() => optionId !== active && setActive(optionId)}
                      onClick={() => pick(each.key)}
                    >
                      <span className={css.name}>{each.name}</span>
                      {each.hint && <span className={css.hint}>{each.hint}</span>}
                      {each.value && <span className={css.value}>{each.value}</span>}
                    </div>
                  )
                })}
              </div>
            ))}
          </div>
        )}
      </div>
    </span>
  )
}

function withTyped(sections: readonly PickSection[], typed: Pick | undefined): readonly PickSection[] {
  const isKnown = sections.some(({ picks }) => picks.some(({ key }) => key === typed?.key))
  return typed && !isKnown ? [...sections, { title: typed.name, picks: [typed] }] : sections
}
