import type { Text } from '../../workflow/text.ts'

/** Where a tool speaks: what it found on the one side, how far it is on the other. */
export interface Console {
  say(text: Text): void
  /** Replaces the line before where people watch; says nothing where nobody does. */
  progress(text: Text): void
}

/** How often the line of progress changes. */
const EVERY_MS = 200

/** Results go to standard output, progress to standard error where that is a terminal. */
export function processConsole(): Console {
  const watched = process.stderr.isTTY
  let shown = 0
  function clear(): void {
    if (shown > 0) process.stderr.write('\r\u001b[K')
    shown = 0
  }
  return {
    say(text) {
      clear()
      process.stdout.write(`${inBoth(text)}\n`)
    },
    progress(text) {
      if (!watched || Date.now() - shown < EVERY_MS) return
      clear()
      process.stderr.write(inBoth(text))
      shown = Date.now()
    },
  }
}

/** A text as the tools of this product print it. */
export function inBoth({ zh, en }: Text): string {
  return `${zh} / ${en}`
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB']

/** `1536` → `1.5 KB` */
export function inBytes(bytes: number): string {
  const unit = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const value = bytes / 1024 ** unit
  return `${value >= 100 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`
}

/** `1234567` → `1,234,567` */
export function inDigits(number: number): string {
  return number.toLocaleString('en-US')
}
