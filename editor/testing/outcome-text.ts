import type { Language } from '../../server/workflow/text.ts'
import type { T } from '../i18n/i18n.ts'
import { outcomeWord, statusWord } from '../parts/code-words.ts'

/** How a run came out in words: its outcome, or its state where it came to none. */
export function outcomeText(outcome: string, t: T, language: Language): string {
  if (outcome === 'unwanted') return t('testing.unwanted')
  if (outcome === 'failed' || outcome === 'waiting' || outcome === 'done') return statusWord(outcome, t)
  return outcomeWord(outcome, language)
}
