import { Agent, errors, request } from 'undici'
import type { ActionAnswer } from '../../../connectors/kit/action.ts'
import { checkTarget, isAllowed, PrivateAddressError, publicLookup } from './outgoing-address.ts'

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 64 * 1024

/** How one outward call came out, in terms of what may be done next. */
export type CallResult =
  | { readonly kind: 'confirmed'; readonly status?: number; readonly answer?: ActionAnswer }
  /** It surely did nothing: call again later. */
  | { readonly kind: 'later'; readonly error: string; readonly status?: number; readonly afterMs?: number }
  /** It will never work like this: a person must look. */
  | { readonly kind: 'refused'; readonly error: string; readonly status?: number }
  /** The other side may have done it. */
  | { readonly kind: 'unknown'; readonly error: string }

export interface OutgoingCalls {
  post(url: string, key: string, body: unknown): Promise<CallResult>
  close(): Promise<void>
}

const timeouts = { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS, maxResponseSize: MAX_ANSWER_BYTES }

/** Posts JSON to the outside: time-outs, no redirects, no private addresses, one idempotency key per effect. */
export function outgoingCalls(allowed: readonly string[]): OutgoingCalls {
  const guarded = new Agent({ connect: { timeout: TIMEOUT_MS, lookup: publicLookup }, ...timeouts })
  const trusted = new Agent({ connect: { timeout: TIMEOUT_MS }, ...timeouts })
  return {
    async post(address, key, body) {
      try {
        const url = new URL(address)
        checkTarget(url, allowed)
        const answer = await request(url, {
          method: 'POST',
          dispatcher: isAllowed(url, allowed) ? trusted : guarded,
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(body),
        })
        await answer.body.dump()
        return resultOf(answer.statusCode, answer.headers['retry-after'])
      } catch (error) {
        return failureOf(error)
      }
    },
    async close() {
      await Promise.all([guarded.close(), trusted.close()])
    },
  }
}

function resultOf(status: number, retryAfter: string | string[] | undefined): CallResult {
  if (status >= 200 && status < 300) return { kind: 'confirmed', status }
  const error = `HTTP ${status}`
  if (status === 429 || status === 503) {
    const seconds = Number(retryAfter)
    return { kind: 'later', error, status, ...(seconds > 0 && { afterMs: seconds * 1_000 }) }
  }
  if (status >= 500) return { kind: 'unknown', error }
  return { kind: 'refused', error, status }
}

const NEVER_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function failureOf(error: unknown): CallResult {
  if (!(error instanceof Error)) throw error
  const { cause } = error
  if (
    error instanceof PrivateAddressError ||
    cause instanceof PrivateAddressError ||
    (error as NodeJS.ErrnoException).code === 'ERR_INVALID_URL'
  )
    return { kind: 'refused', error: error.message }
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (NEVER_REACHED.has(code) || error instanceof errors.ConnectTimeoutError)
    return { kind: 'later', error: error.message || code }
  return { kind: 'unknown', error: error.message || code }
}
