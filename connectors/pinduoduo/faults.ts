import type { Fault, FaultClass } from '../kit/fault.ts'

/** Codes of the gateway (`error_code`), from the error table of the Pinduoduo open platform. */
const CODES: Readonly<Record<string, FaultClass>> = {
  '10000': 'request',
  '10001': 'request',
  '10016': 'credentials',
  '10017': 'request',
  '10018': 'credentials',
  '10019': 'token',
  '20004': 'credentials',
  '20005': 'permission',
  '20031': 'permission',
  '20032': 'authorization',
  '20034': 'request',
  '20035': 'platform',
  '21001': 'request',
  '21002': 'request',
  '30000': 'permission',
  '30001': 'permission',
  '50000': 'platform',
  '50001': 'business',
  '50002': 'platform',
  '52001': 'platform',
  '52002': 'platform',
  '52004': 'platform',
  '52101': 'throttled',
  '52102': 'platform',
  '52103': 'platform',
  '70031': 'throttled',
  '70032': 'throttled',
  '70033': 'throttled',
  '70034': 'throttled',
  '70035': 'throttled',
  '70036': 'throttled',
}

/** Turned away for a moment, before anything was done. */
const UNDONE: ReadonlySet<string> = new Set(['52102', '52103'])

/** What a refusal of Pinduoduo means. Codes that are not in its table are refusals by its own rules. */
export function pinduoduoFault(code: string, said: string): Fault {
  // A wrong time is told as a wrong public parameter, by its name.
  if (code === '10001' && said.includes('timestamp')) return { class: 'clock', code, said }
  return {
    class: CODES[code] ?? 'business',
    code,
    said,
    ...(UNDONE.has(code) && { done: 'no' as const }),
  }
}
