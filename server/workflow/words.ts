import type { FieldSpec } from './field.ts'
import type { Language, Text } from './text.ts'

const MOST_ENTRIES = 10
const MOST_CHARACTERS = 60

/** How a value is shown: the parts of a field's description that decide it. */
export type ValueStyle = Partial<Pick<FieldSpec, 'type' | 'unit' | 'shown' | 'options' | 'personal'>>

// One formatter for all: making one costs far more than using it.
const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

/** Integer fen as yuan: `129900` → `¥1,299.00`. */
export function formatMoney(fen: number): string {
  const [whole = '', cents = ''] = (Math.abs(fen) / 100).toFixed(2).split('.')
  return `${fen < 0 ? '-' : ''}¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

/** Milliseconds in words, every part that is not zero: `12_000_000` → 3 小时 20 分. */
export function formatDuration(ms: number): Text {
  const seconds = Math.round(Math.abs(ms) / 1_000)
  const parts = [
    { count: Math.floor(seconds / 86_400), zh: '天', en: 'd' },
    { count: Math.floor(seconds / 3_600) % 24, zh: '小时', en: 'h' },
    { count: Math.floor(seconds / 60) % 60, zh: '分', en: 'min' },
    { count: seconds % 60, zh: '秒', en: 's' },
  ].filter(({ count }) => count > 0)
  if (parts.length === 0) return { zh: '0 秒', en: '0 s' }
  const sign = ms < 0 ? '-' : ''
  return {
    zh: sign + parts.map(({ count, zh }) => `${count} ${zh}`).join(' '),
    en: sign + parts.map(({ count, en }) => `${count} ${en}`).join(' '),
  }
}

/** An instant on the clock of Asia/Shanghai, to the minute: `2024-06-18 10:00`. Undefined for what is no instant. */
export function formatInstant(value: Date | number | string): string | undefined {
  const ms = value instanceof Date ? value.getTime() : typeof value === 'number' ? value : Date.parse(value)
  return Number.isFinite(ms) ? shanghai.format(ms) : undefined
}

/** Hides what identifies a person: `13812340000` → `138****0000`, `王小明` → `王**`. */
export function mask(text: string): string {
  if (text.length >= 7 && /^[\d+\-\s]+$/.test(text)) return `${text.slice(0, 3)}****${text.slice(-4)}`
  const [first = ''] = text
  return `${first}**`
}

/** A value as people read it, by the style of its field: with unit, as money, as a named choice, masked. */
export function formatValue(value: unknown, style: ValueStyle = {}): Text {
  const isEmpty = Array.isArray(value)
    ? value.length === 0
    : value === null || value === undefined || value === ''
  if (isEmpty) return { zh: '（空）', en: '(empty)' }
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }
  if (style.type === 'instant' || value instanceof Date) return same(instantWords(value))
  if (typeof value === 'number') return numberWords(value, style)
  if (Array.isArray(value)) return listWords(value, style)
  if (typeof value === 'string') return textWords(value, style)
  return same(shortened(JSON.stringify(value) ?? ''))
}

function instantWords(value: unknown): string {
  const known = value instanceof Date || typeof value === 'number' || typeof value === 'string'
  return (known ? formatInstant(value) : undefined) ?? shortened(String(value))
}

const DAYS: readonly Text[] = [
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
  { zh: '周日', en: 'Sunday' },
]

/** Minutes of the day on a clock: `1350` → `22:30`. */
function clockWords(minutes: number): string {
  const digits = (part: number) => String(Math.floor(part)).padStart(2, '0')
  return `${digits(minutes / 60)}:${digits(minutes % 60)}`
}

function numberWords(value: number, { type, unit, shown }: ValueStyle): Text {
  if (shown && Number.isNaN(value)) return { zh: '（空）', en: '(empty)' }
  if (shown === 'clock') return same(clockWords(value))
  if (shown === 'weekday') return DAYS[value - 1] ?? same(String(value))
  if (type === 'money') return same(formatMoney(value))
  if (type === 'duration') return formatDuration(value)
  // Sums of fractions carry noise in the last digits: 0.30000000000000004.
  const digits = String(Number(value.toPrecision(12)))
  return unit ? { zh: `${digits} ${unit.zh}`, en: `${digits} ${unit.en}` } : same(digits)
}

function listWords(values: readonly unknown[], style: ValueStyle): Text {
  const shown = values.slice(0, MOST_ENTRIES).map(value => formatValue(value, style))
  const rest = values.length - shown.length
  return {
    zh: shown.map(({ zh }) => zh).join('、') + (rest > 0 ? ` 等 ${values.length} 项` : ''),
    en: shown.map(({ en }) => en).join(', ') + (rest > 0 ? ` and ${rest} more` : ''),
  }
}

function textWords(value: string, { options, personal }: ValueStyle): Text {
  const option = options?.find(each => each.value === value)
  if (option) return option.name
  return same(personal ? mask(value) : shortened(value))
}

function shortened(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}

/** A text that reads the same in both languages. */
export function same(words: string): Text {
  return { zh: words, en: words }
}

/** Both languages of a text, made the same way. */
export function inBoth(make: (language: Language) => string): Text {
  return { zh: make('zh'), en: make('en') }
}
