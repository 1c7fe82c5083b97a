/** Where platforms send people back to once they let us in: what has to stand in the console of the platform. */
export function callbackAddress(origin: string): string {
  return `${origin}/api/oauth/callback`
}

/** The code out of what a person pasted: the code itself, or the whole address they were sent to. */
export function codeIn(pasted: string): string {
  const text = pasted.trim()
  const found = /[?&#]code=([^&#\s]+)/.exec(text)?.[1]
  if (found === undefined) return text
  try {
    return decodeURIComponent(found)
  } catch {
    // A lone percent sign: it is the code as it stands.
    return found
  }
}
