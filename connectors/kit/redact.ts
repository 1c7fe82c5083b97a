const HIDDEN = '•••'
const SHORTEST = 4
const LONGEST_SAID = 300

// Chinese mobile numbers, with or without country code and separators.
const MOBILE = /(?<!\d)(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g
// What stands behind these names in a url, a form or JSON is a secret whatever it is.
const NAMED =
  /(["']?\b(?:access_token|refresh_token|session|sign|_aop_signature|msg_signature|msgdigest|secret|app_?secret|client_secret|password|key|code|authorization)\b["']?\s*[=:]\s*)(["']?)[^\s"'&,;}]+\2/gi

/**
 * A text fit for logs, errors and screens: without the given secrets, without what is named like one, without
 * phone numbers; cut to 300 characters.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue
    clean = clean.replaceAll(secret, HIDDEN).replaceAll(encodeURIComponent(secret), HIDDEN)
  }
  clean = clean
    .replace(NAMED, `$1$2${HIDDEN}$2`)
    .replace(MOBILE, digits => `${digits.slice(0, 3)}****${digits.slice(-2)}`)
  return clean.length > LONGEST_SAID ? `${clean.slice(0, LONGEST_SAID)}…` : clean
}
