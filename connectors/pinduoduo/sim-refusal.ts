import { randomInt } from 'node:crypto'

/** A refusal in the platform's words; `subMsg` says more where the code alone does not. */
export class SimulatedRefusal extends Error {
  readonly code: number
  readonly subMsg: string

  constructor(code: number, message: string, subMsg = '') {
    super(message)
    this.code = code
    this.subMsg = subMsg
  }
}

export const requestId = () => String(17_000_000_000_000_000n + BigInt(randomInt(1_000_000_000)))

/** `error_response` as the gateway sends it, with HTTP status 200. */
export function refusalBody({ code, message, subMsg }: SimulatedRefusal): Readonly<Record<string, unknown>> {
  const sub = { sub_code: subMsg === '' ? null : String(code), sub_msg: subMsg }
  return { error_response: { error_code: code, error_msg: message, ...sub, request_id: requestId() } }
}
