import { type Fault, fault } from './fault.ts'

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?$/
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/

/** A decimal number as written, so that money never passes through a float. */
interface Decimal {
  readonly negative: boolean
  readonly whole: string
  readonly fraction: string
}

/**
 * Yuan as written (`1,299.00`, `¥59.8`, 54.8) in whole fen, by moving digits.
 * @param round `half-up` rounds further decimals (away from zero); otherwise they are a fault
 */
export function fenFromYuan(value: unknown, round: boolean): number | Fault {
  const decimal = decimalOf(value)
  if (!decimal) return fault('NOT_AN_AMOUNT')
  const { negative, whole, fraction } = decimal
  const beyond = fraction.length > 2 ? fraction.slice(2) : ''
  if (!round && /[1-9]/.test(beyond)) return fault('TOO_MANY_DECIMALS')
  const fen = Number(whole + fraction.slice(0, 2).padEnd(2, '0')) + (beyond >= '5' ? 1 : 0)
  return signed(fen, negative)
}

/** A number as written (`12`, `1,234.5`, full-width digits too), refused where a double cannot hold it exactly enough. */
export function numberFrom(value: unknown): number | Fault {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return fault('NOT_A_NUMBER')
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? fault('NUMBER_TOO_LARGE') : value
  }
  const decimal = decimalOf(value)
  if (!decimal) return fault('NOT_A_NUMBER')
  if (!/[1-9]/.test(decimal.fraction)) return signed(Number(decimal.whole), decimal.negative)
  const number = Number(`${decimal.whole}.${decimal.fraction}`)
  if (number > Number.MAX_SAFE_INTEGER) return fault('NUMBER_TOO_LARGE')
  return decimal.negative ? -number : number
}

function decimalOf(value: unknown): Decimal | undefined {
  // A double's shortest text is what the source wrote: 54.8 is "54.8", not its binary neighbour.
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''
  const match = PLAIN.exec(text) ?? PLAIN.exec(cleaned(text))
  if (!match) return undefined
  const [, sign, whole = '', fraction = ''] = match
  return whole === '' && fraction === ''
    ? undefined
    : { negative: sign === '-', whole: whole || '0', fraction }
}

function cleaned(text: string): string {
  if (text.length > 60) return '?'
  const plain = text
    .replace(/[\uff01-\uff5e]/g, char => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .trim()
    .replace(/^([+-]?)(?:[\u00a5\uffe5$€£]|RMB|CNY)\s*/i, '$1')
    .replace(/\s*元$/, '')
  return GROUPED.test(plain) ? plain.replaceAll(',', '') : plain || '?'
}

function signed(magnitude: number, negative: boolean): number | Fault {
  if (!Number.isSafeInteger(magnitude)) return fault('NUMBER_TOO_LARGE')
  return negative && magnitude !== 0 ? -magnitude : magnitude
}
