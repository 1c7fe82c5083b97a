import type { FieldSpec } from '../../server/workflow/field.ts'
import type { Language } from '../../server/workflow/text.ts'

const MOST = 8
/** The word being written: what follows the last space, sign or bracket. */
const LAST_WORD = /[^\s<>=≥≤≠!()（）「」，,、]*$/u

/** The text with the word being written completed to the name of a field. */
export function completions(
  text: string,
  fields: readonly FieldSpec[],
  language: Language,
): readonly string[] {
  const word = LAST_WORD.exec(text)?.[0] ?? ''
  if (word === '' || /^\d/.test(word)) return []
  const before = text.slice(0, text.length - word.length)
  const names = [...new Set(fields.map(({ name }) => name[language]))]
  const fitting = names.filter(name => name.toLowerCase().includes(word.toLowerCase()) && name !== word)
  const sorted = fitting.toSorted((a, b) => Number(b.startsWith(word)) - Number(a.startsWith(word)))
  return sorted.slice(0, MOST).map(name => before + name)
}
