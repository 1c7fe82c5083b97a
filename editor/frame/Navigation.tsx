import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { NavLink } from 'react-router'
import { overviewQuery } from '../api/overview.ts'
import { countText } from '../format/number.ts'
import { useWords } from '../i18n/use-words.ts'
import { Brand } from './Brand.tsx'
import css from './Navigation.module.css'
import { pages } from './pages.tsx'

/** The seven words, with a count where someone must act. A bar at the bottom of a phone. */
export function Navigation(): ReactElement {
  const { t } = useWords()
  const { data } = useQuery({ ...overviewQuery, refetchInterval: 10_000 })
  const counts: Readonly<Record<string, number>> = {
    '/workflows': data?.failed ?? 0,
    '/tasks': (data?.openTasks ?? 0) + (data?.quarantined ?? 0),
  }
  return (
    <nav className={css.navigation} aria-label={t('frame.navigation')}>
      <div className={css.brand}>
        <Brand />
      </div>
      <ul className={css.list}>
        {pages.map(({ path, word, icon }) => {
          const count = counts[path] ?? 0
          return (
            <li key={path} className={css.item}>
              <NavLink
                to={path}
                end={path === '/'}
                className={({ isActive }) => `${css.link} ${isActive ? css.here : ''}`}
              >
                <span className={css.icon}>{icon}</span>
                <span className={css.word}>{t(word)}</span>
                {count > 0 && (
                  <span
                    className={css.count}
                    data-tone={path === '/tasks' ? 'warn' : 'bad'}
                    title={t('frame.needsAttention', { count })}
                  >
                    {count > 999 ? '999+' : countText(count)}
                  </span>
                )}
              </NavLink>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
