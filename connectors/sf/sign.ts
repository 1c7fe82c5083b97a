import { createHash } from 'node:crypto'

/** As Java's `URLEncoder` writes UTF-8: space is `+`; letters, digits and `* - . _` stay; all else is `%XX`. */
export function javaFormEncode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}

/** `msgDigest` of a call: base64 of the MD5 of message, time and check word, encoded as a form is. */
export function msgDigest(msgData: string, timestamp: string, checkWord: string): string {
  return createHash('md5')
    .update(javaFormEncode(`${msgData}${timestamp}${checkWord}`))
    .digest('base64')
}
