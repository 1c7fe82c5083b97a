import { useEffect, useSyncExternalStore } from 'react'
import { useStore } from '../live/store.ts'
import { preferences } from './preferences.ts'
import { type Theme, tokens } from './tokens.ts'

const systemDark = typeof matchMedia === 'undefined' ? undefined : matchMedia('(prefers-color-scheme: dark)')

/** The theme on screen: the person's choice, or the system's where they left it to the system. */
export function useTheme(): Theme {
  const { theme } = useStore(preferences)
  const dark = useSyncExternalStore(
    changed => {
      systemDark?.addEventListener('change', changed)
      return () => systemDark?.removeEventListener('change', changed)
    },
    () => systemDark?.matches ?? false,
  )
  if (theme === 'system') return dark ? 'dark' : 'light'
  return theme
}

/** Hands the tokens to our own style sheets as `--accent-soft` and the like. */
export function useThemeOnPage(theme: Theme): void {
  useEffect(() => {
    const page = document.documentElement
    page.dataset.theme = theme
    page.style.colorScheme = theme
    for (const [name, value] of Object.entries(tokens[theme])) page.style.setProperty(cssName(name), value)
  }, [theme])
}

function cssName(token: string): string {
  return `--${token.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}
