import type { ReactElement } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { link } from '../live/feed.ts'
import { useStore } from '../live/store.ts'
import css from './LinkDot.module.css'

/** Whether what is on screen is live, as a dot and a word. */
export function LinkDot(): ReactElement {
  const { t } = useWords()
  const { state } = useStore(link)
  const word = { up: t('frame.linkUp'), connecting: t('frame.linkConnecting'), down: t('frame.linkDown') }[
    state
  ]
  return (
    <span className={`${css.dot} ${css[state] ?? ''}`} data-testid="link">
      {word}
    </span>
  )
}
