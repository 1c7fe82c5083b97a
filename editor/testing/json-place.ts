import { parseExact } from '../api/exact-json.ts'

export interface TextPlace {
  /** Both from 1. */
  readonly line: number
  readonly column: number
}

/** The document a person pasted, or where it stops being JSON. */
export function readDocument(text: string): { readonly document: unknown } | { readonly fault: TextPlace } {
  try {
    return { document: parseExact(text) }
  } catch (failure) {
    return { fault: placeIn(text, failure instanceof Error ? failure.message : '') }
  }
}

/** Both parsers say the position in their message; one that ends too early stops at the end. */
function placeIn(text: string, message: string): TextPlace {
  const told = /position (\d+)/.exec(message)?.[1]
  const before = text.slice(0, told === undefined ? text.length : Number(told)).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
