import { Fault, fault } from './fault.ts'

const MOBILE = /^(?:\+?86|0086)?(1\d{10})$/
// Its 0 (or the country) must be written: without it a mistyped mobile would pass for a landline.
const LANDLINE = /^(?:(?:\+86|0086)0?|0)((?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8})$/
const SERVICE_LINE = /^[48]00\d{7}$/
const ABROAD = /^\+(?!86)\d{6,15}$/
const MASKED = /^[\d*+]{4,20}$/
const EXTENSION = /^(.*\d)\s*(?:转|,|;|x|ext\.?|#|-)\s*(\d{1,6})$/i
const MAX_LENGTH = 60

/**
 * One way to write a phone: `+86 138-0013-8000` → `13800138000`. Masked numbers (`138****0000`) stay masked,
 * extensions stay (the `-1234` of a privacy number), landlines keep their leading 0.
 */
export function phoneFrom(value: unknown): string | Fault {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return fault('NOT_A_PHONE')
  if (text.length === 11 && text[0] === '1' && digitCount(text) === 11) return text
  const ascii = text.replace(/[\uff01-\uff5e]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
  const [, main = '', extension] = EXTENSION.exec(ascii.trim()) ?? []
  // 138-0013-8000 is one number: only what follows a whole one is its extension.
  if (extension === undefined || digitCount(main) < 11) return plainPhone(ascii)
  const number = plainPhone(main)
  return number instanceof Fault ? number : `${number}-${extension}`
}

function plainPhone(text: string): string | Fault {
  // Sheets write a quote before numbers that must stay texts.
  const compact = text.replace(/^'|[\s().\u2010-\u2015-]/g, '')
  const mobile = MOBILE.exec(compact)
  if (mobile) return mobile[1]!
  if (compact.includes('*') && MASKED.test(compact)) return compact.replace(/^\+?86(?=1)/, '')
  if (SERVICE_LINE.test(compact) || ABROAD.test(compact)) return compact
  const landline = LANDLINE.exec(compact)
  return landline ? `0${landline[1]}` : fault('NOT_A_PHONE')
}

function digitCount(text: string): number {
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) count++
  }
  return count
}
