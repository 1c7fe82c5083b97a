const OFFSET_MS = 8 * 3_600_000
const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})$/

/** `yyyy-MM-dd HH:mm:ss` as a clock in Shanghai shows it, whatever the zone of this machine. */
export function shanghaiText(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')
}

/** The instant of `yyyy-MM-dd HH:mm:ss` in Shanghai; undefined for a text that is none. */
export function fromShanghai(text: string): Date | undefined {
  const parts = WRITTEN.exec(text.trim())
  if (!parts) return undefined
  const at = new Date(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}+08:00`)
  return Number.isNaN(at.getTime()) ? undefined : at
}

/** Whole seconds since 1970. */
export const unixSeconds = (at: Date): number => Math.floor(at.getTime() / 1_000)
