const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39

// An integer of 16 digits or more may exceed 2^53.
const LONG_INTEGER = 16
// Digits behind the point are no integer, however many come: more than any text can hold bring it to zero again.
const BEHIND_POINT = -0x40000000

/** What a JSON text shows without being parsed; of a text that is no JSON it says nothing. */
export interface Outline {
  /** How deep brackets nest, strings left out. */
  readonly depth: number
  /** Whether there may be an integer beyond 2^53. */
  readonly hasLongInteger: boolean
  /** Where the outermost bracket opens, its commas and where it closes: an element is what stands between two of them. */
  readonly cuts: readonly number[]
}

/** Looks over a JSON text once; any depth is harmless, since nothing is parsed. */
export function outlineOf(text: string): Outline {
  const cuts: number[] = []
  let depth = 0
  let deepest = 0
  let digits = 0
  let hasLongInteger = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i)
    else if (code >= ZERO && code <= NINE) {
      if (++digits >= LONG_INTEGER) hasLongInteger = true
    } else {
      digits = code === POINT ? BEHIND_POINT : 0
      if (code === 0x7b || code === 0x5b) {
        if (depth++ === 0) cuts.push(i)
        if (depth > deepest) deepest = depth
      } else if (code === 0x7d || code === 0x5d) {
        if (--depth === 0) cuts.push(i)
      } else if (code === COMMA && depth === 1) cuts.push(i)
    }
  }
  return { depth: deepest, hasLongInteger, cuts }
}

/** The texts of a list's elements, as they stand there. */
export const elementTexts = (text: string, { cuts }: Outline, count: number): string[] =>
  Array.from({ length: count }, (_, at) => text.slice(cuts[at]! + 1, cuts[at + 1]).trim())

/** Where the string that begins at `start` ends; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let before = at
    while (text.charCodeAt(before - 1) === BACKSLASH) before--
    if ((at - before) % 2 === 0) return at
  }
  return text.length
}
