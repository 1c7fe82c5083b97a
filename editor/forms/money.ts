const YUAN = /^(-?)(\d*)(?:\.(\d{0,2}))?$/

/** Yuan as typed, in fen, to the last fen: `1,299.5` → 129950. Undefined for what is no amount, or too large to be exact. */
export function parseYuan(text: string): number | undefined {
  const parts = YUAN.exec(plainNumber(text).replace(/^-?¥/, sign => (sign.startsWith('-') ? '-' : '')))
  if (!parts) return undefined
  const [, sign = '', whole = '', cents = ''] = parts
  if (whole === '' && cents === '') return undefined
  const fen = Number(`${whole}${cents.padEnd(2, '0')}`)
  if (!Number.isSafeInteger(fen)) return undefined
  return sign === '-' && fen !== 0 ? -fen : fen
}

/** Fen as yuan to be edited: 129950 → `1299.50`, 129900 → `1299`. What is no whole number of fen stays as it is. */
export function yuanText(fen: number): string {
  if (!Number.isInteger(fen)) return String(fen / 100)
  const whole = Math.trunc(Math.abs(fen) / 100)
  const cents = Math.abs(fen) % 100
  const digits = cents === 0 ? `${whole}` : `${whole}.${String(cents).padStart(2, '0')}`
  return fen < 0 ? `-${digits}` : digits
}

/** A number as people type it: full-width digits and signs of Chinese input methods, grouping commas and blanks. */
function plainNumber(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[,\s\u3001]/g, '')
    .replace(/\u3002/g, '.')
    .replace(/\u2212/g, '-')
}

/** A number as typed; undefined for what is none. */
export function parseNumber(text: string): number | undefined {
  const plain = plainNumber(text)
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? value : undefined
}
