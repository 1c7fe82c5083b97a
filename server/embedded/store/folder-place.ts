import { statSync } from 'node:fs'

/** Which folder of the machine it is, whatever its name; a copy of it is another one. */
export function placeOf(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true })
  return `${dev}:${ino}`
}
