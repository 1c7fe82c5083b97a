import { isRecord, type SchemaPart } from '../../server/workflow/param-parts.ts'
import { formatDuration, formatMoney, formatValue } from '../../server/workflow/words.ts'
import type { WordsInUse } from '../i18n/use-words.ts'
import { choicesOf, controlOf, durationBase, hintsOf } from './schema.ts'

const MINUTE_MS = 60_000

/** What a param left out means, where that is not shown by the control itself. */
export function defaultWords(
  name: string,
  schema: SchemaPart,
  { t, say }: Pick<WordsInUse, 't' | 'say'>,
): string | undefined {
  const { default: value } = schema
  const control = controlOf(name, schema)
  if (value === undefined || control === 'boolean' || control === 'choice' || control === 'choices')
    return undefined
  if (control === 'money' && typeof value === 'number')
    return t('forms.default', { value: formatMoney(value) })
  if (control === 'duration' && typeof value === 'number') {
    const ms = value * (durationBase(name, schema) === 'minute' ? MINUTE_MS : 1)
    return t('forms.default', { value: say(formatDuration(ms)) })
  }
  const { unit } = hintsOf(schema)
  const options = isRecord(schema.items) ? choicesOf(schema.items) : undefined
  return t('forms.default', { value: say(formatValue(value, { unit, options })) })
}
