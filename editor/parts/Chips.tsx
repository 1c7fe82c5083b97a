import { CloseOutlined } from '@ant-design/icons'
import type { ReactElement } from 'react'
import css from './Chips.module.css'

export interface Chip<V extends string> {
  readonly value: V
  readonly word: string
}

/** A filter as a row of chips: one chosen, or none. Clicking the chosen one lets it go. */
export function Chips<V extends string>(props: {
  label: string
  chips: readonly Chip<V>[]
  chosen: V | undefined
  onChoose: (value: V | undefined) => void
}): ReactElement | null {
  if (props.chips.length === 0) return null
  return (
    <fieldset className={css.row}>
      <legend className={css.label}>{props.label}</legend>
      {props.chips.map(({ value, word }) => {
        const on = value === props.chosen
        return (
          <button
            key={value}
            type="button"
            className={`${css.chip} ${on ? css.on : ''}`}
            aria-pressed={on}
            onClick={() => props.onChoose(on ? undefined : value)}
          >
            {word}
            {on && <CloseOutlined className={css.cross} />}
          </button>
        )
      })}
    </fieldset>
  )
}
