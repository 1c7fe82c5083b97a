const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const oneDigit = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 })

/** 12,345: grouped the same way in both languages, so that columns line up. */
export function countText(n: number): string {
  return grouped.format(n)
}

/** A rate per second: a digit after the point while it is small enough to matter. */
export function rateText(perSecond: number): string {
  return perSecond > 0 && perSecond < 10 && !Number.isInteger(perSecond)
    ? oneDigit.format(perSecond)
    : grouped.format(perSecond)
}

/** ¥1,299.00 from integer fen. */
export function moneyText(fen: number): string {
  const whole = Math.abs(Math.trunc(fen / 100))
  const cents = Math.abs(Math.trunc(fen % 100))
  return `${fen < 0 ? '-' : ''}¥${grouped.format(whole)}.${String(cents).padStart(2, '0')}`
}

/** 8.1% of a whole; a share too small to show is not shown as nothing. */
export function shareText(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0%'
  const percent = (part / whole) * 100
  if (percent < 0.1) return '<0.1%'
  return percent >= 99.95 && part < whole ? '99.9%' : `${Number(percent.toFixed(1))}%`
}
