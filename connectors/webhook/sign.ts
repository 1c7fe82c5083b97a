import { createHmac } from 'node:crypto'
import { isSameSecret } from '../kit/same-secret.ts'

/** How a signature is written. */
export type Algorithm = 'hmac-sha256-hex' | 'hmac-sha256-base64'

/**
 * HMAC-SHA256 over `timestamp + '.' + body`, or over the body alone where there is no timestamp.
 * @param timestamp seconds since 1970, as it stands in its header
 */
export function webhookSignature(
  secret: string,
  body: string | Buffer,
  timestamp?: string,
  algorithm: Algorithm = 'hmac-sha256-hex',
): string {
  const hmac = createHmac('sha256', secret)
  if (timestamp !== undefined) hmac.update(`${timestamp}.`)
  return hmac.update(body).digest(algorithm === 'hmac-sha256-hex' ? 'hex' : 'base64')
}

/** Whether a header holds this signature; some senders write `sha256=` before it. */
export function isSignature(expected: string, said: string, algorithm: Algorithm): boolean {
  const bare = said.trim().replace(/^(?:hmac-)?sha256=/i, '')
  return isSameSecret(expected, algorithm === 'hmac-sha256-hex' ? bare.toLowerCase() : bare)
}
