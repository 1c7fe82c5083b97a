import { MoonOutlined, SearchOutlined, SunOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { lazy, type ReactElement, Suspense, useEffect, useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { prefer } from '../look/preferences.ts'
import { useTheme } from '../look/use-theme.ts'
import { Brand } from './Brand.tsx'
import { LinkDot } from './LinkDot.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import css from './TopBar.module.css'

const Search = lazy(async () => ({ default: (await import('./Search.tsx')).Search }))

/** Search, the state of the connection, language, theme, person. */
export function TopBar(): ReactElement {
  const { t, language } = useWords()
  const theme = useTheme()
  const [searching, setSearching] = useState(false)
  useEffect(() => {
    const open = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setSearching(true)
    }
    addEventListener('keydown', open)
    return () => removeEventListener('keydown', open)
  }, [])
  return (
    <header className={css.bar}>
      <div className={css.brand}>
        <Brand />
      </div>
      <button type="button" className={css.search} onClick={() => setSearching(true)}>
        <SearchOutlined aria-hidden />
        <span className={css.searchWord}>{t('frame.search')}</span>
        <kbd className={css.key}>Ctrl K</kbd>
      </button>
      <div className={css.tools}>
        <LinkDot />
        <Button
          type="text"
          title={t('frame.switchLanguage')}
          onClick={() => prefer({ language: language === 'zh' ? 'en' : 'zh' })}
        >
          {t('frame.otherLanguage')}
        </Button>
        <Button
          type="text"
          icon={theme === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
          aria-label={theme === 'dark' ? t('frame.switchToLight') : t('frame.switchToDark')}
          title={theme === 'dark' ? t('frame.switchToLight') : t('frame.switchToDark')}
          onClick={() => prefer({ theme: theme === 'dark' ? 'light' : 'dark' })}
        />
        <PersonMenu />
      </div>
      {searching && (
        <Suspense>
          <Search onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </header>
  )
}
