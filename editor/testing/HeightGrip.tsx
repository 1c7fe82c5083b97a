import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import css from './TestStrip.module.css'
import type { Height } from './use-height.ts'

/** The upper edge of the strip: pulled by the mouse, moved by ↑ and ↓. */
export function HeightGrip({ height }: { height: Height }): ReactElement {
  const { t } = useWords()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line that can be moved is a separator, which no element is
    <div
      className={css.grip}
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={t('testing.height')}
      aria-valuenow={height.height}
      aria-valuemin={height.least}
      aria-valuemax={height.most}
      onKeyDown={event => {
        const steps = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
        if (steps === 0) return
        event.preventDefault()
        height.grow(steps)
      }}
      onPointerDown={event => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={event => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const bottom = event.currentTarget.parentElement!.getBoundingClientRect().bottom
        height.set(bottom - event.clientY)
      }}
    />
  )
}
