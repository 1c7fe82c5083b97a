import { ConnectorError, type Fault, type FaultClass } from '../kit/fault.ts'
import { redact } from '../kit/redact.ts'

/** What an SMTP client says of a failure. */
interface SmtpFailure extends Error {
  readonly code?: unknown
  /** The server's reply: `550 5.1.1 …`. */
  readonly response?: string
  readonly responseCode?: number
}

/** Replies to a login: no such user or password, too weak, needed. RFC 4954. */
const LOGIN_REFUSED: ReadonlySet<number> = new Set([530, 534, 535, 538])

const BY_CODE: Readonly<Record<string, FaultClass>> = {
  EAUTH: 'credentials',
  ENOAUTH: 'credentials',
  ETIMEDOUT: 'timeout',
  EENVELOPE: 'request',
  EMESSAGE: 'request',
}

/**
 * What a failed mail means. 4xx replies pass by themselves, 5xx do not (RFC 5321); where the server said nothing, it
 * was not reached, or lost.
 * @param wasHandedOver the text of the mail was under way: without a reply it may have been delivered
 */
export function mailFailure(
  error: unknown,
  wasHandedOver: boolean,
  secrets: readonly string[],
): ConnectorError {
  if (error instanceof ConnectorError) return error
  if (!(error instanceof Error)) throw error
  const { code: named, response, responseCode }: SmtpFailure = error
  const code = typeof named === 'string' ? named : undefined
  const fault: Fault = {
    class: classOf(code, responseCode),
    ...((responseCode ?? code) !== undefined && { code: String(responseCode ?? code) }),
    said: redact(response ?? error.message, secrets),
    done: wasHandedOver && !responseCode ? 'maybe' : 'no',
  }
  return new ConnectorError(fault, { cause: error })
}

function classOf(code = '', reply?: number): FaultClass {
  if (reply && LOGIN_REFUSED.has(reply)) return 'credentials'
  if (reply && reply >= 400) return reply < 500 ? 'platform' : code === 'EAUTH' ? 'credentials' : 'business'
  return BY_CODE[code] ?? 'network'
}
