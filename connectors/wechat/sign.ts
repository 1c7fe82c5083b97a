import { createHash } from 'node:crypto'

/**
 * The signature of a push: SHA-1 in hex over token, timestamp and nonce (and the ciphertext in safe mode), put in
 * order and joined.
 */
export function pushSignature(token: string, ...parts: readonly string[]): string {
  return createHash('sha1')
    .update([token, ...parts].sort().join(''))
    .digest('hex')
}
