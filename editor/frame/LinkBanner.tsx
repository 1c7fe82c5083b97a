import { CheckCircleFilled, DisconnectOutlined } from '@ant-design/icons'
import { type ReactElement, useEffect, useState } from 'react'
import { clockText } from '../format/time.ts'
import { useWords } from '../i18n/use-words.ts'
import { link, live } from '../live/feed.ts'
import { useStore } from '../live/store.ts'
import css from './LinkBanner.module.css'

const SAY_BACK_MS = 4_000

/** Says in words that the page is no longer live and from when what it shows is, and then that it is back. */
export function LinkBanner(): ReactElement {
  const { t } = useWords()
  const { state, since } = useStore(link)
  const { latest } = useStore(live)
  const isBack = useIsBack(state)
  return (
    <div role="status">
      {state === 'down' && (
        <div className={css.banner}>
          <DisconnectOutlined aria-hidden />
          {latest ? t('frame.lost', { time: clockText(since) }) : t('frame.neverLinked')}
        </div>
      )}
      {isBack && (
        <div className={`${css.banner} ${css.back}`}>
          <CheckCircleFilled aria-hidden />
          {t('frame.back')}
        </div>
      )}
    </div>
  )
}

/** True for a moment after a connection that was lost came back. */
function useIsBack(state: 'connecting' | 'up' | 'down'): boolean {
  const [wasDown, setWasDown] = useState(false)
  if (state === 'down' && !wasDown) setWasDown(true)
  const isBack = state === 'up' && wasDown
  useEffect(() => {
    if (!isBack) return
    const timer = setTimeout(() => setWasDown(false), SAY_BACK_MS)
    return () => clearTimeout(timer)
  }, [isBack])
  return isBack
}
