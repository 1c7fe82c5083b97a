import { printExact } from '../api/exact-json.ts'
import { type Place, readDocument } from '../tasks/json-document.ts'
import { entriesAt } from './source-tree.ts'

/** A source document the mapping is looked at with. */
export interface Sample {
  readonly id: string
  readonly name: string
  readonly document: unknown
  /** The id the server knows it by; absent for one that was pasted. */
  readonly event?: string
}

export const MOST_SAMPLES = 5

export type Reading =
  | { readonly documents: readonly unknown[]; readonly left: number }
  | { readonly fault: Place | 'empty' | 'not-objects' }

/** The documents of a pasted text or a file: one, a list of them, or one on each line. */
export function readSamples(text: string): Reading {
  const plain = text.replace(/^\uFEFF/, '').trim()
  if (plain === '') return { fault: 'empty' }
  const reading = readDocument(plain)
  if ('fault' in reading) {
    const lines = linesOf(plain)
    return lines ? taken(lines) : reading
  }
  return taken(Array.isArray(reading.document) ? reading.document : [reading.document])
}

function taken(documents: readonly unknown[]): Reading {
  const usable = documents.filter(each => typeof each === 'object' && each !== null && !Array.isArray(each))
  if (usable.length === 0) return { fault: 'not-objects' }
  return { documents: usable.slice(0, MOST_SAMPLES), left: Math.max(0, usable.length - MOST_SAMPLES) }
}

function linesOf(text: string): readonly unknown[] | undefined {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  if (lines.length < 2) return undefined
  const readings = lines.slice(0, MOST_SAMPLES * 4).map(readDocument)
  const documents = readings.flatMap(each => ('document' in each ? [each.document] : []))
  return documents.length === readings.length ? documents : undefined
}

/** Samples with more documents taken in; the newest come first and the oldest make room. */
export function withDocuments(
  samples: readonly Sample[],
  documents: readonly unknown[],
  name: (n: number) => string,
): readonly Sample[] {
  const used = new Set(samples.map(each => each.id))
  const fresh: Sample[] = []
  let n = 1
  for (const document of documents) {
    while (used.has(`pasted-${n}`)) n++
    used.add(`pasted-${n}`)
    fresh.push({ id: `pasted-${n}`, name: name(n), document })
  }
  return [...fresh, ...samples].slice(0, MOST_SAMPLES)
}

/** Samples that each hold a list of orders, as the orders in it. */
export function splitSamples(
  samples: readonly Sample[],
  path: string,
  name: (n: number) => string,
): readonly Sample[] {
  const orders = samples.flatMap(({ document }) => entriesAt(document, path))
  return withDocuments([], orders.slice(0, MOST_SAMPLES), name)
}

/** What is sent to the server: pasted documents as they are, others by their ids. */
export function sentSamples(samples: readonly Sample[]): {
  documents: readonly unknown[]
  events: readonly string[]
} {
  return {
    documents: samples.filter(each => each.event === undefined).map(each => each.document),
    events: samples.flatMap(({ event }) => event ?? []),
  }
}

/** The samples in the order the server answers for them. */
export function inSentOrder(samples: readonly Sample[]): readonly Sample[] {
  return [
    ...samples.filter(each => each.event === undefined),
    ...samples.filter(each => each.event !== undefined),
  ]
}

const NAME_END = 8

/** A sample's name where there is little room: the end of a long order number tells it from the others. */
export function shortName({ name }: Sample): string {
  return name.length > NAME_END + 2 ? `…${name.slice(-NAME_END)}` : name
}

const SHORT = 60

/** A value of the source in one short line. */
export function sourceText(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : printExact(value)
  return text.length > SHORT ? `${text.slice(0, SHORT)}…` : text
}
