import { isLosslessNumber, LosslessNumber, parse } from 'lossless-json'
import { parseExact, printExact } from '../api/exact-json.ts'

export type Path = readonly (string | number)[]

/** A value at the end of a document's branches. */
export interface Leaf {
  readonly path: Path
  readonly value: unknown
  /** As a person reads and types it. */
  readonly text: string
}

export interface Place {
  /** Both from 1. */
  readonly line: number
  readonly column: number
}

export type Reading = { readonly document: unknown } | { readonly fault: Place }

/** Reads a text as JSON, or says where it stops making sense. */
export function readDocument(text: string): Reading {
  try {
    return { document: parseExact(text) }
  } catch {
    return { fault: placeOfFault(text) }
  }
}

/**
 * The text itself where a whole document arrived as one JSON string: a sender that encoded it twice, or cut it off.
 * That is what a person can mend.
 */
export function unwrapped(body: string): string {
  if (!body.startsWith('"')) return body
  const reading = readDocument(body)
  return 'document' in reading && typeof reading.document === 'string' ? reading.document : body
}

/** The reader of big numbers tells positions in its messages, which the built-in one does not always do. */
function placeOfFault(text: string): Place {
  try {
    parse(text)
  } catch (fault) {
    const position = /at position (\d+)/.exec(fault instanceof Error ? fault.message : '')?.[1]
    if (position) return placeAt(text, Number(position))
  }
  return placeAt(text, text.length)
}

function placeAt(text: string, position: number): Place {
  const before = text.slice(0, position).split('\n')
  return { line: before.length, column: before.at(-1)!.length + 1 }
}

/** The first `limit` leaves in the order they are written. Empty lists and objects have none. */
export function leavesOf(document: unknown, limit: number): Leaf[] {
  const leaves: Leaf[] = []
  const walk = (value: unknown, path: Path): void => {
    if (leaves.length >= limit) return
    if (typeof value === 'object' && value !== null && !isLosslessNumber(value)) {
      const entries = Array.isArray(value) ? value.entries() : Object.entries(value)
      for (const [key, below] of entries) walk(below, [...path, key])
    } else if (path.length > 0) leaves.push({ path, value, text: leafText(value) })
  }
  walk(document, [])
  return leaves
}

function leafText(value: unknown): string {
  return typeof value === 'string' ? value : printExact(value)
}

/** The document with one leaf as typed. What was a number, a truth value or nothing stays so while the typing allows it. */
export function withLeaf(document: unknown, path: Path, typed: string): unknown {
  const [key, ...rest] = path
  if (key === undefined) return valueTyped(document, typed)
  if (Array.isArray(document)) {
    return document.map((below: unknown, index) => (index === key ? withLeaf(below, rest, typed) : below))
  }
  const record = document as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(record).map(([name, below]) => [
      name,
      name === key ? withLeaf(below, rest, typed) : below,
    ]),
  )
}

/**
 * The document with a value added (or replaced) at `items/0/sku`. Objects on the way are made where they are
 * missing; undefined where the path runs into a value, or into a list at a place it does not have.
 */
export function withNew(document: unknown, name: string, typed: string): unknown {
  const [key = '', ...rest] = name.split('/')
  const below = (inner: unknown) => (rest.length === 0 ? typed : withNew(inner, rest.join('/'), typed))
  if (Array.isArray(document)) {
    const index = Number(key)
    if (!Number.isInteger(index) || index < 0 || index > document.length) return undefined
    const value = below(document[index] ?? {})
    return value === undefined ? undefined : document.toSpliced(index, 1, value)
  }
  if (typeof document !== 'object' || document === null || isLosslessNumber(document) || key === '')
    return undefined
  const record = document as Readonly<Record<string, unknown>>
  const value = below(Object.hasOwn(record, key) ? record[key] : {})
  // By entries, not by assignment: a field called __proto__ is a field like any other.
  const others = Object.entries(record).filter(([each]) => each !== key)
  return value === undefined ? undefined : Object.fromEntries([...others, [key, value]])
}

function valueTyped(before: unknown, typed: string): unknown {
  if (typeof before === 'string') return typed
  const isNumber = typeof before === 'number' || isLosslessNumber(before)
  if (isNumber && /^-?\d+(\.\d+)?$/.test(typed)) return numberTyped(typed)
  if (typeof before === 'boolean' && (typed === 'true' || typed === 'false')) return typed === 'true'
  return typed
}

function numberTyped(typed: string): unknown {
  const value = Number(typed)
  return String(value) === typed ? value : new LosslessNumber(typed)
}

/** `items/0/sku`, as problems name fields. */
export function pathText(path: Path): string {
  return path.join('/')
}
