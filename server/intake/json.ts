import { type Outline, outlineOf } from './json-outline.ts'

// Far beyond any order, and within what every reader of the document can walk.
const MAX_DEPTH = 1_000

// Strings, so that digits within them are passed over, and whole numbers with all their parts.
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

const exact = (token: string): string => {
  if (token.length < 16 || token.startsWith('"')) return token
  const value = Number(token)
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? `"${token}"` : token
}

/** A parsed text; `isPlain` when the text itself says the same to any reader, since it holds no integer beyond 2^53. */
export interface ParsedJson {
  readonly value: unknown
  readonly isPlain: boolean
  readonly outline: Outline
}

/**
 * Parses JSON without losing a digit: integers beyond 2^53 (platform ids) arrive as strings. Only a text that may hold
 * one pays for the careful way.
 * @throws {SyntaxError} naming the position; also for nesting beyond reason
 */
export function readJson(text: string): ParsedJson {
  const outline = outlineOf(text)
  if (outline.depth > MAX_DEPTH) throw new SyntaxError(`nested deeper than ${MAX_DEPTH} levels`)
  const value: unknown = JSON.parse(text)
  return outline.hasLongInteger
    ? { value: JSON.parse(text.replace(TOKEN, exact)), isPlain: false, outline }
    : { value, isPlain: true, outline }
}

/** The value of `readJson` alone. */
export const parseJson = (text: string): unknown => readJson(text).value

/** Parses one document per line; empty lines are skipped, lines that are no JSON are named by their index. */
export function parseNdjson(text: string): {
  documents: unknown[]
  broken: { index: number; text: string }[]
} {
  const documents: unknown[] = []
  const broken: { index: number; text: string }[] = []
  let index = 0
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    try {
      documents.push(parseJson(line))
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      broken.push({ index, text: line })
    }
    index++
  }
  return { documents, broken }
}
