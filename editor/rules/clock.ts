const CLOCK = /^([01]?\d|2[0-3]):([0-5]\d)$/

/** Minutes since midnight as a clock shows them: 1350 → `22:30`. */
export function clockText(minutes: number): string {
  const digits = (part: number) => String(Math.floor(part)).padStart(2, '0')
  return `${digits(minutes / 60)}:${digits(minutes % 60)}`
}

/** A time of day as typed (`22:30`, also with a full-width colon), in minutes since midnight. */
export function parseClock(text: string): number | undefined {
  const parts = CLOCK.exec(text.normalize('NFKC').trim())
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : undefined
}
