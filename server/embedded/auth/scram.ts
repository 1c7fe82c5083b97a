import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may use a store that everybody on the machine can reach. */
export interface Credentials {
  readonly user: string
  readonly password: string
}

/** What tells a right password from a wrong one (RFC 5802, section 3). */
export interface Verifier {
  readonly user: string
  readonly salt: Buffer
  readonly storedKey: Buffer
  readonly serverKey: Buffer
}

/** An exchange that a client has begun. */
export interface Exchange {
  /** What is sent back to the client's first message. */
  readonly challenge: string
  /** What is sent back to its last one; undefined where that does not prove the password. */
  finish(clientFinal: string): string | undefined
}

/** The fewest drivers accept. A random password of 24 bytes is not guessed, however fast a guess is. */
const ITERATIONS = 4096
const HASH = 'sha256'
const HASH_BYTES = 32

/** A user with a password nobody can guess; it needs no escaping in a URI. */
export function randomCredentials(): Credentials {
  return { user: 'orderloom', password: randomBytes(24).toString('base64url') }
}

export function createVerifier({ user, password }: Credentials): Verifier {
  const salt = randomBytes(28)
  const salted = pbkdf2Sync(password, salt, ITERATIONS, HASH_BYTES, HASH)
  const clientKey = hmac(salted, 'Client Key')
  return {
    user,
    salt,
    storedKey: createHash(HASH).update(clientKey).digest(),
    serverKey: hmac(salted, 'Server Key'),
  }
}

/**
 * Answers a client's first message of SCRAM-SHA-256 (RFC 5802 and 7677) without channel binding; undefined where it
 * is none. A user who is not known is told so only at the end, like a wrong password.
 */
export function beginExchange(verifier: Verifier, clientFirst: string): Exchange | undefined {
  const parts = /^([ny],,)(n=([^,]*),r=([^,]+))$/.exec(clientFirst)
  if (!parts) return undefined
  const [, header, bare, user, clientNonce] = parts as unknown as [string, string, string, string, string]
  const nonce = clientNonce + randomBytes(24).toString('base64')
  const challenge = `r=${nonce},s=${verifier.salt.toString('base64')},i=${ITERATIONS}`
  const expected = `c=${Buffer.from(header).toString('base64')},r=${nonce}`
  return {
    challenge,
    finish(clientFinal) {
      const proofAt = clientFinal.lastIndexOf(',p=')
      const proof = Buffer.from(clientFinal.slice(proofAt + 3), 'base64')
      if (proofAt < 0 || proof.length !== HASH_BYTES) return undefined
      const signed = `${bare},${challenge},${expected}`
      const signature = hmac(verifier.storedKey, signed)
      const clientKey = proof.map((byte, at) => byte ^ signature[at]!)
      const isProved = timingSafeEqual(createHash(HASH).update(clientKey).digest(), verifier.storedKey)
      if (!isProved || clientFinal.slice(0, proofAt) !== expected || user !== verifier.user) return undefined
      return `v=${hmac(verifier.serverKey, signed).toString('base64')}`
    },
  }
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac(HASH, key).update(text).digest()
}
