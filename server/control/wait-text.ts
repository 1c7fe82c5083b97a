import { errors } from '../errors.ts'

const MAX_WAIT_MS = 10_000
const WAIT = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s)$/

/**
 * `200ms`, `2s`, `1.5s` → milliseconds; undefined where nothing was asked.
 * @throws errors.WaitInvalid
 */
export function readWait(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, number, unit] = WAIT.exec(text) ?? []
  const ms = Number(number) * (unit === 's' ? 1_000 : 1)
  if (!(ms > 0 && ms <= MAX_WAIT_MS)) {
    const shown = text.slice(0, 40)
    throw new errors.WaitInvalid(shown, shown)
  }
  return ms
}
