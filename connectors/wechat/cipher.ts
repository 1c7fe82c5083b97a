import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

// PKCS#7 over blocks of 32 bytes, not of the 16 that AES has: padding by the library is switched off.
const BLOCK = 32
const SALT = 16
const LENGTH = 4

const keyOf = (encodingAesKey: string): Buffer => Buffer.from(`${encodingAesKey}=`, 'base64')

/**
 * Reads an encrypted push: AES-256-CBC, its first 16 key bytes as vector, over 16 random bytes, the length of the
 * message in 4 bytes (big-endian), the message and the AppID it is meant for.
 * @returns undefined when it is not ours, or was not made with this key
 */
export function decryptPush(encrypted: string, encodingAesKey: string, appId: string): string | undefined {
  const cipherText = Buffer.from(encrypted, 'base64')
  if (cipherText.length === 0 || cipherText.length % BLOCK !== 0) return undefined
  const key = keyOf(encodingAesKey)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(cipherText), decipher.final()])
  const padding = plain.at(-1) ?? 0
  if (padding < 1 || padding > BLOCK) return undefined
  const content = plain.subarray(SALT, plain.length - padding)
  if (content.length < LENGTH) return undefined
  const end = LENGTH + content.readUInt32BE(0)
  if (content.subarray(end).toString() !== appId) return undefined
  return content.subarray(LENGTH, end).toString()
}

/** The other way round, as the platform does it. @param salt 16 random bytes */
export function encryptPush(
  message: string,
  encodingAesKey: string,
  appId: string,
  salt: Buffer = randomBytes(SALT),
): string {
  const text = Buffer.from(message)
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32BE(text.length)
  const plain = Buffer.concat([salt, length, text, Buffer.from(appId)])
  const padding = BLOCK - (plain.length % BLOCK)
  const key = keyOf(encodingAesKey)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])),
    cipher.final(),
  ]).toString('base64')
}
