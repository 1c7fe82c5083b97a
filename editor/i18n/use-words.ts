import { useTranslation } from 'react-i18next'
import type { Language, Text } from '../../server/workflow/text.ts'
import { useStore } from '../live/store.ts'
import { preferences } from '../look/preferences.ts'
import type { T } from './i18n.ts'

export interface WordsInUse {
  readonly t: T
  readonly language: Language
  /** Picks the language on screen out of a text the server sent in both. */
  readonly say: (text: Text | undefined) => string
}

export function useWords(): WordsInUse {
  const { t } = useTranslation()
  const { language } = useStore(preferences)
  return { t, language, say: text => text?.[language] ?? '' }
}
