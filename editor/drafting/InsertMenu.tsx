import { Input } from 'antd'
import { type KeyboardEvent, type ReactElement, useEffect, useId, useRef, useState } from 'react'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import type { CardPort } from '../canvas/drawing.ts'
import { kinds } from '../canvas/kinds.tsx'
import type { Place } from '../canvas/layout.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Manifests } from './edit.ts'
import css from './InsertMenu.module.css'
import { paletteGroups } from './palette-entries.ts'

const WIDTH = 300
const HEIGHT = 380

/** Asks which node is to come somewhere: typed letters narrow, arrows choose, Enter puts it there. */
export function InsertMenu(props: {
  at: Place
  /** Where it will stand, in words. */
  where: string
  manifests: Manifests
  /** Exits it can come behind, and the one chosen; none where it stands elsewhere. */
  exits: readonly CardPort[]
  exit: string | undefined
  onExit: (port: string) => void
  /** Triggers begin a drawing and come behind nothing. */
  withTriggers: boolean
  onPick: (type: NodeManifest) => void
  onClose: () => void
}): ReactElement {
  const { t, say, language } = useWords()
  const [wanted, setWanted] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useId()
  const box = useRef<HTMLDivElement>(null)
  const choices = [...props.manifests.values()].filter(({ kind }) => props.withTriggers || kind !== 'trigger')
  const types = paletteGroups(choices, wanted, language).flatMap(group => group.types)
  const at = Math.min(chosen, types.length - 1)

  useEffect(() => {
    box.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const keys = (event: KeyboardEvent) => {
    // What is typed here is no shortcut of the canvas.
    event.stopPropagation()
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setChosen((at + step + types.length) % Math.max(types.length, 1))
    } else if (wanted === '' && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const ports = props.exits.map(({ id }) => id)
      const next = ports.indexOf(props.exit ?? '') + (event.key === 'ArrowLeft' ? -1 : 1)
      if (ports[next] !== undefined) props.onExit(ports[next])
    } else if (event.key === 'Escape') props.onClose()
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      const type = types[at]
      if (type) props.onPick(type)
    }
  }
  const left = Math.max(8, Math.min(props.at.x, window.innerWidth - WIDTH - 8))
  const top = Math.max(8, Math.min(props.at.y, window.innerHeight - HEIGHT - 8))
  return (
    <div
      ref={box}
      className={css.menu}
      style={{ left, top, width: WIDTH, maxHeight: HEIGHT }}
      role="dialog"
      aria-label={props.where}
      onKeyDown={keys}
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) props.onClose()
      }}
    >
      <p className={css.where}>{props.where}</p>
      <Input
        autoFocus
        placeholder={t('drafting.paletteSearch')}
        aria-label={t('drafting.paletteSearch')}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={types.length > 0 ? `${list}-${at}` : undefined}
        value={wanted}
        onChange={event => {
          setWanted(event.target.value)
          setChosen(0)
        }}
      />
      {props.exits.length > 1 && (
        <div className={css.exits} role="radiogroup" aria-label={t('drafting.exits')}>
          {props.exits.map(({ id, name }) => (
            // biome-ignore lint/a11y/useSemanticElements: a row of buttons that one of is pressed
            <button
              key={id}
              type="button"
              role="radio"
              aria-checked={id === props.exit}
              className={css.exit}
              onClick={() => props.onExit(id)}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      <div id={list} role="listbox" aria-label={props.where} className={css.types}>
        {types.map((type, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses from the field above
          <div
            key={type.type}
            id={`${list}-${index}`}
            data-at={index}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={`${css.type} ${index === at ? css.chosen : ''}`}
            onClick={() => props.onPick(type)}
            onPointerMove={() => setChosen(index)}
          >
            <span style={{ color: kinds[type.kind].colour }}>{kinds[type.kind].icon}</span>
            <span>
              <span className={css.name}>{say(type.name)}</span>
              <span className={css.what}>{say(type.description)}</span>
            </span>
          </div>
        ))}
        {types.length === 0 && <p className={css.what}>{t('drafting.paletteNone', { what: wanted })}</p>}
      </div>
    </div>
  )
}
