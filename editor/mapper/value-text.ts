import { moneyText } from '../format/number.ts'
import { fullInstant, momentText } from '../format/time.ts'
import type { T } from '../i18n/i18n.ts'

/** A value of the unified order as people read it, by the type of its field. */
export function valueText(value: unknown, type: string, t: T): string {
  if (value === undefined || value === null) return ''
  if (type === 'money' && typeof value === 'number') return moneyText(value)
  if (type === 'instant' && typeof value === 'string') return momentText(value, t)
  if (typeof value === 'boolean') return value ? t('mapper.yes') : t('mapper.no')
  if (type === 'kind') return value === 'return' ? t('mapper.kindReturn') : t('mapper.kindSale')
  if (typeof value === 'object') return Object.values(value).join(' ')
  return String(value)
}

/** The same in full, for what a short text leaves out. */
export function wholeText(value: unknown, type: string, t: T): string {
  return type === 'instant' && typeof value === 'string' ? fullInstant(value) : valueText(value, type, t)
}
