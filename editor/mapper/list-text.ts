import type { Language } from '../../server/workflow/text.ts'

/** Names in a row, parted as the language does. */
export function listText(names: readonly string[], language: Language): string {
  return names.join(language === 'zh' ? '、' : ', ')
}
