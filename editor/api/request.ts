import { parseExact, printExact } from './exact-json.ts'

/** Why a request brought nothing: nobody answered, or the server said no and why. */
export class RequestFailure extends Error {
  /** HTTP status; 0 where no answer came. */
  readonly status: number
  readonly code: string
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.name = 'RequestFailure'
    this.status = status
    this.code = code
    this.details = details
  }
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  readonly signal?: AbortSignal
}

/** One call to our own server. Throws `RequestFailure`, or the abort of `signal`. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const { method = 'GET', body, signal } = options
  const init: RequestInit = { method, headers: { accept: 'application/json' } }
  if (signal) init.signal = signal
  if (body instanceof FormData) init.body = body
  else if (body !== undefined) {
    init.body = printExact(body)
    init.headers = { accept: 'application/json', 'content-type': 'application/json' }
  }
  let answer: Response
  let text: string
  try {
    answer = await fetch(`/api${path}`, init)
    text = await answer.text()
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new RequestFailure(0, 'UNREACHABLE', cause instanceof Error ? cause.message : String(cause))
  }
  if (!answer.ok) throw refusal(answer.status, text)
  if (text === '') return undefined as T
  try {
    return parseExact(text) as T
  } catch {
    throw new RequestFailure(answer.status, 'UNREADABLE', text.slice(0, 200))
  }
}

function refusal(status: number, text: string): RequestFailure {
  let told: { code?: unknown; message?: unknown; details?: unknown } = {}
  try {
    const value = parseExact(text)
    if (typeof value === 'object' && value !== null) told = value
  } catch {
    // A proxy's page rather than our server's answer: the status is all there is to tell.
  }
  const code = typeof told.code === 'string' ? told.code : `HTTP_${status}`
  const message = typeof told.message === 'string' ? told.message : ''
  return new RequestFailure(status, code, message, told.details)
}

/** `?a=1&b=2` of the parts that have a value; empty where none has. */
export function query(parts: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
