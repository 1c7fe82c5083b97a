const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 8

/** A new id for a row or an exit; random, so that no line on the canvas of a deleted one ever fits it by chance. */
export function madeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH))
  return `r${Array.from(bytes, byte => ALPHABET[byte % ALPHABET.length]).join('')}`
}
