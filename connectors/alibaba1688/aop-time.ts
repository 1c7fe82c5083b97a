const WRITTEN = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})([+-]\d{2})(\d{2})$/

/** The instant of `yyyyMMddHHmmssSSS+0800`; undefined for a text that is none. */
export function fromAopTime(text: unknown): Date | undefined {
  const parts = typeof text === 'string' ? WRITTEN.exec(text) : null
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second, ms, zone, zoneMinutes] = parts
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}${zone}:${zoneMinutes}`)
  return Number.isNaN(at.getTime()) ? undefined : at
}
