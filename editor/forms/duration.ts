export const durationUnits = ['second', 'minute', 'hour', 'day'] as const

export type DurationUnit = (typeof durationUnits)[number]

const UNIT_MS: Readonly<Record<DurationUnit, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
}

/** A duration as a count of the largest unit that goes into it evenly: 4320 minutes → 3 days. */
export function splitDuration(
  value: number,
  base: 'ms' | 'minute',
): { readonly count: number; readonly unit: DurationUnit } {
  const ms = value * (base === 'ms' ? 1 : UNIT_MS.minute)
  const units = unitsOf(base)
  const even = ms === 0 ? undefined : [...units].reverse().find(unit => Number.isInteger(ms / UNIT_MS[unit]))
  const unit = even ?? (base === 'minute' || ms === 0 ? 'minute' : 'second')
  return { count: tidy(ms / UNIT_MS[unit]), unit }
}

/** The other way round: 3 days → 4320 minutes. */
export function joinDuration(count: number, unit: DurationUnit, base: 'ms' | 'minute'): number {
  return tidy((count * UNIT_MS[unit]) / (base === 'ms' ? 1 : UNIT_MS.minute))
}

/** The units a duration can be given in; one kept in minutes knows no seconds. */
export function unitsOf(base: 'ms' | 'minute'): readonly DurationUnit[] {
  return base === 'ms' ? durationUnits : durationUnits.slice(1)
}

/** 1.1 hours are 66 minutes, not 66.00000000000001. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
