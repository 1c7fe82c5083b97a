import type { Language } from '../../server/workflow/text.ts'
import { RequestFailure } from '../api/request.ts'
import type { T } from '../i18n/i18n.ts'

/** What went wrong with a request and what to do, for the person in front of it. */
export function failureText(failure: unknown, t: T, language: Language): string {
  if (!(failure instanceof RequestFailure))
    return failure instanceof Error ? failure.message : String(failure)
  const { code, status } = failure
  if (status === 0) return t('parts.unreachable')
  if (code === 'UNREADABLE') return t('parts.unreadable', { code })
  const told = inLanguage(failure.message, language)
  if (told) return told
  if (status === 404) return t('parts.notFound')
  if (status === 503) return t('parts.overloaded')
  return status >= 500 ? t('parts.serverFault', { code }) : t('parts.refused', { code })
}

/**
 * The server tells its errors in both languages at once: `找不到流程 / No such workflow`. Values quoted in both
 * halves may hold the same mark, so the middle one parts them.
 */
export function inLanguage(message: string, language: Language): string {
  const parts = message.split(' / ')
  if (parts.length % 2 !== 0) return message
  const half = parts.length / 2
  return (language === 'zh' ? parts.slice(0, half) : parts.slice(half)).join(' / ')
}
