import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { errors } from '../errors.ts'

/** Seals texts so that nobody reads them from the store, a dump of it or a backup. */
export interface Vault {
  /** @param purpose what it is and whose: the same must be named to open it */
  seal(text: string, purpose: string): string
  /** @throws errors.SecretUnreadable when it was sealed with another key, or for another purpose */
  open(sealed: string, purpose: string): string
}

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const FORMAT = 'v1.'

/** AES-256-GCM under one key; a sealed text names its format, so that another may follow. */
export function vaultWith(key: Buffer): Vault {
  return {
    seal(text, purpose) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(purpose))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return FORMAT + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
    },
    open(sealed, purpose) {
      if (!sealed.startsWith(FORMAT)) throw new errors.SecretUnreadable(purpose, purpose)
      const bytes = Buffer.from(sealed.slice(FORMAT.length), 'base64url')
      try {
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES))
          .setAAD(Buffer.from(purpose))
          .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
        return (
          decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        )
      } catch {
        // Node says only that the tag does not fit; which text it was is what helps.
        throw new errors.SecretUnreadable(purpose, purpose)
      }
    },
  }
}

/**
 * The vault of this installation: under SECRET_KEY where it is given (needed when several machines share a store),
 * else under a key of its own in the data folder, which only the owner can read.
 * @throws {Error} when the key file is not what it must be
 */
export function openVault(dataDir: string, secretKey: string | undefined): Vault {
  // Any long text will do: hashing makes it a key of the right length.
  if (secretKey) return vaultWith(hash('sha256', secretKey, 'buffer'))
  const file = join(dataDir, 'secret.key')
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    try {
      writeFileSync(file, randomBytes(KEY_BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      // Another process made it at the same moment.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0)
    throw new Error(`Others can read ${file}, which opens the credentials of the shops: chmod 600 it.`)
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
  if (key.length !== KEY_BYTES) throw new Error(`${file} is not a key of ours; restore it from a backup.`)
  return vaultWith(key)
}
