import { type ReactElement, useEffect, useRef } from 'react'
import { Outlet, useLocation } from 'react-router'
import { useWords } from '../i18n/use-words.ts'
import { LinkBanner } from './LinkBanner.tsx'
import { Navigation } from './Navigation.tsx'
import css from './Shell.module.css'
import { TopBar } from './TopBar.tsx'

/** What stands around every page. */
export function Shell(): ReactElement {
  const { t } = useWords()
  const main = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  const shown = useRef(pathname)
  useEffect(() => {
    // Another page: the keyboard and a screen reader go on at its top. Not on the first one, which nobody left.
    if (shown.current !== pathname) main.current?.focus({ preventScroll: true })
    shown.current = pathname
    main.current?.scrollTo(0, 0)
  }, [pathname])
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        {t('frame.skip')}
      </a>
      <Navigation />
      <div className={css.side}>
        <TopBar />
        <LinkBanner />
        <main id="main" className={css.main} ref={main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  )
}
