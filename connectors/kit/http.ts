import { isIP, isIPv6 } from 'node:net'
import { Agent, type Dispatcher, errors, FormData, request } from 'undici'
import { parseJson } from '../../server/intake/json.ts'
import {
  checkTarget,
  isAllowed,
  PrivateAddressError,
  publicLookup,
} from '../../server/world/live/outgoing-address.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'
import { ConnectorError, type Fault, prospectOf } from './fault.ts'
import { redact } from './redact.ts'
import { pause, type TokenBucket } from './token-bucket.ts'

const TIMEOUT_MS = 10_000
const MAX_ANSWER_BYTES = 16 * 1024 * 1024
const MAX_TRIES = 5
const FIRST_BACKOFF_MS = 500
const MAX_BACKOFF_MS = 20_000
/** Longer pauses are left to whoever called: a poll comes again by itself. */
const LONGEST_WAIT_MS = 60_000

/** One try of a call. Made anew for each: timestamps and signatures must be fresh. */
export interface HttpRequest {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** The body, in one of these forms. */
  readonly form?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly text?: { readonly contentType: string; readonly body: string }
  readonly file?: {
    readonly field: string
    readonly name: string
    readonly contentType: string
    readonly bytes: Uint8Array
  }
  readonly timeoutMs?: number
  /** Values that must never be seen: replaced in whatever is said of the call. */
  readonly secrets?: readonly string[]
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** Big-int-safe: ids beyond 2^53 are strings. @throws ConnectorError class `unreadable` */
  json(): unknown
}

export interface Calling {
  /** A read may be tried again whatever happened; a write only where it surely did nothing. */
  readonly effect: 'read' | 'write'
  /** What an answer means, where it is none of what was asked for; HTTP status is judged only where this says nothing. */
  readonly fault?: (answer: HttpAnswer) => Fault | undefined
}

/** The one way out to other systems. */
export interface Http {
  /**
   * Calls, and calls again where that may help and does no harm.
   * @throws ConnectorError, its words free of secrets and of buyers' data
   */
  send(make: () => HttpRequest, calling: Calling): Promise<HttpAnswer>
  /**
   * Where a host may be reached by another protocol (SMTP): the checked address to connect to, so that nobody can
   * point the name elsewhere in between. @throws ConnectorError class `blocked` for a private one
   */
  address(host: string, port: number): Promise<string>
}

/** What the calls of all connections share. */
export interface Ways {
  of(url: URL): Dispatcher
  /** @throws PrivateAddressError, and what looking a name up throws */
  address(host: string, port: number): Promise<string>
  close(): Promise<void>
}

/** @param allowed `host:port` entries that may be reached although they are private */
export function waysOut(allowed: readonly string[]): Ways {
  const limits = { maxResponseSize: MAX_ANSWER_BYTES, connections: 32 }
  const guarded = new Agent({ connect: { timeout: TIMEOUT_MS, lookup: publicLookup }, ...limits })
  const trusted = new Agent({ connect: { timeout: TIMEOUT_MS }, ...limits })
  return {
    of(url) {
      checkTarget(url, allowed)
      return isAllowed(url, allowed) ? trusted : guarded
    },
    address(host, port) {
      const url = new URL(`http://${isIPv6(host) ? `[${host}]` : host}:${port}`)
      checkTarget(url, allowed)
      // An allowed name may lead anywhere.
      if (isAllowed(url, allowed) || isIP(host)) return Promise.resolve(host)
      return new Promise((resolve, reject) => {
        publicLookup(host, {}, (error, address) => (error ? reject(error) : resolve(String(address))))
      })
    },
    async close() {
      await Promise.all([guarded.close(), trusted.close()])
    },
  }
}

export interface HttpOptions {
  readonly ways: Ways
  readonly bucket: TokenBucket
  readonly breaker: CircuitBreaker
  readonly signal: AbortSignal
  /** Values of this connection that must never be seen. */
  readonly secrets: () => readonly string[]
  /** Half a second where absent. */
  readonly firstBackoffMs?: number
  /** For requests that name no time-out of their own: 10 s where absent. */
  readonly timeoutMs?: number
}

export function connectionHttp(options: HttpOptions): Http {
  const { bucket, breaker, signal, firstBackoffMs = FIRST_BACKOFF_MS } = options
  return {
    async address(host, port) {
      try {
        return await options.ways.address(host, port)
      } catch (error) {
        throw new ConnectorError(failureOf(error), { cause: error })
      }
    },
    async send(make, calling) {
      for (let tries = 1; ; tries++) {
        breaker.demandClosed()
        await bucket.take(signal)
        const made = make()
        const secrets = [...(made.secrets ?? []), ...options.secrets()]
        const outcome = await tryOnce(made, calling, options)
        if ('answer' in outcome) {
          breaker.succeeded()
          return outcome.answer
        }
        const fault: Fault = {
          ...outcome.fault,
          ...(outcome.fault.said !== undefined && { said: redact(outcome.fault.said, secrets) }),
        }
        breaker.failed(fault)
        if (fault.class === 'throttled' && fault.retryAfterMs) bucket.pause(fault.retryAfterMs)
        const { passes, done } = prospectOf(fault)
        const waitMs = fault.retryAfterMs ?? backoffMs(tries, firstBackoffMs)
        const mayRepeat = passes && (calling.effect === 'read' || done === 'no')
        if (!mayRepeat || tries >= MAX_TRIES || waitMs > LONGEST_WAIT_MS || signal.aborted)
          throw new ConnectorError(fault, { cause: outcome.cause })
        await pause(waitMs, signal)
      }
    },
  }
}

/** Doubles with every try, and is spread over its upper half so that calls that failed together come back apart. */
function backoffMs(tries: number, firstMs: number): number {
  return Math.min(MAX_BACKOFF_MS, firstMs * 2 ** (tries - 1)) * (0.5 + Math.random() / 2)
}

type Outcome = { readonly answer: HttpAnswer } | { readonly fault: Fault; readonly cause?: unknown }

async function tryOnce(made: HttpRequest, calling: Calling, options: HttpOptions): Promise<Outcome> {
  const { ways, signal } = options
  const timeoutMs = made.timeoutMs ?? options.timeoutMs ?? TIMEOUT_MS
  try {
    const url = new URL(made.url)
    for (const [name, value] of Object.entries(made.query ?? {})) url.searchParams.set(name, value)
    const { body, contentType } = bodyOf(made)
    const response = await request(url, {
      method: made.method ?? (body === undefined ? 'GET' : 'POST'),
      dispatcher: ways.of(url),
      headers: { ...(contentType && { 'content-type': contentType }), ...made.headers },
      body: body ?? null,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs * 2)]),
    })
    const answer = answerOf(response.statusCode, response.headers, await response.body.text())
    const fault = calling.fault?.(answer) ?? statusFault(answer)
    return fault ? { fault } : { answer }
  } catch (error) {
    if (signal.aborted) throw error
    return { fault: failureOf(error), cause: error }
  }
}

function bodyOf({ form, json, text, file }: HttpRequest): { body?: string | FormData; contentType?: string } {
  if (form)
    return {
      body: new URLSearchParams({ ...form }).toString(),
      contentType: 'application/x-www-form-urlencoded;charset=utf-8',
    }
  if (json !== undefined) return { body: JSON.stringify(json), contentType: 'application/json;charset=utf-8' }
  if (text) return { body: text.body, contentType: text.contentType }
  if (!file) return {}
  const data = new FormData()
  data.set(file.field, new Blob([new Uint8Array(file.bytes)], { type: file.contentType }), file.name)
  return { body: data }
}

function answerOf(
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  text: string,
): HttpAnswer {
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    text,
    json() {
      try {
        return parseJson(text)
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error
        throw new ConnectorError({ class: 'unreadable', said: text.slice(0, 80) }, { cause: error })
      }
    },
  }
}

function statusFault({ status, headers, text }: HttpAnswer): Fault | undefined {
  if (status >= 200 && status < 300) return undefined
  const fault = { code: `HTTP ${status}`, said: text.slice(0, 200) }
  const seconds = Number(headers['retry-after'])
  const later = seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {}
  if (status === 429) return { ...fault, class: 'throttled', ...later }
  if (status === 503) return { ...fault, class: 'platform', done: 'no', ...later }
  if (status >= 500) return { ...fault, class: 'platform' }
  if (status === 401 || status === 403) return { ...fault, class: 'permission' }
  return { ...fault, class: status >= 300 && status < 400 ? 'unreadable' : 'request' }
}

const NEVER_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

function failureOf(error: unknown): Fault {
  if (error instanceof ConnectorError) return error.fault
  if (!(error instanceof Error)) throw error
  const { cause } = error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  const said = error.message || code
  if (
    error instanceof PrivateAddressError ||
    cause instanceof PrivateAddressError ||
    code === 'ERR_INVALID_URL'
  )
    return { class: 'blocked', said }
  if (NEVER_REACHED.has(code) || error instanceof errors.ConnectTimeoutError)
    return { class: 'network', code, said }
  if (error instanceof errors.ResponseExceededMaxSizeError) return { class: 'unreadable', said }
  const isTimeout =
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error.name === 'TimeoutError'
  return { class: isTimeout ? 'timeout' : 'network', done: 'maybe', said }
}
