import type { ConnectionDoc } from '../../store/connection-doc.ts'
import type { TextEncoding } from './text-encoding.ts'

/** How a file is to be read; what is not said is found out from the file. */
export interface Reading {
  /** Column by which rows belong to one order; each row is an order where absent. */
  readonly groupRowsBy?: string | undefined
  readonly encoding?: TextEncoding | undefined
  readonly sheet?: string | undefined
  /** Number of the header's row. */
  readonly header?: number | undefined
  /** Rows somebody hid or filtered away are left out unless this is set. */
  readonly hiddenRows?: boolean | undefined
  /** Columns the connection reads by name, which tell the header. */
  readonly expected?: ReadonlySet<string>
  /** Whether a column counts: what is spoilt in others refuses no order. All count where absent. */
  readonly isUsed?: (column: string) => boolean
  /** Dates without a year are those nearest to it; the present where absent. */
  readonly now?: Date
}

/** How files of a connection are read. */
export function readingOf(
  {
    groupRowsBy,
    identity,
    mapping,
  }: Pick<ConnectionDoc, 'groupRowsBy'> & Partial<Pick<ConnectionDoc, 'identity' | 'mapping'>>,
  now: Date,
): Reading {
  // Paths, templates and sums name columns in many ways: any mention counts.
  const mentions = JSON.stringify([groupRowsBy, identity, mapping])
  const isMentioned = (column: string) => mentions.includes(JSON.stringify(column).slice(1, -1))
  return {
    groupRowsBy,
    now,
    expected: new Set(Array.from(mentions.matchAll(NAMES), ([name]) => name)),
    ...(mapping === undefined ? {} : { isUsed: isMentioned }),
  }
}

/** Parts of paths and holes of templates. */
const NAMES = /[^"\\.[\]{}$,:]+/g
