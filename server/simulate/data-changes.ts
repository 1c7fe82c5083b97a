import { maskDocument } from '../mask.ts'
import type { RunData } from '../nodes/node-type.ts'
import type { Order } from '../workflow/order.ts'

const MOST_CHANGES = 200

/** One value a step left otherwise than it found it; a side is absent where there was, or is, nothing. */
export interface DataChange {
  readonly path: string
  readonly before?: unknown
  readonly after?: unknown
}

/**
 * What a step changed in the run's data, by dotted path, buyers masked.
 * @param buyer the order whose buyer is to be masked wherever they occur; the one the run came to have
 */
export function dataChanges(before: RunData, after: RunData, buyer: Order | undefined): DataChange[] {
  if (before === after) return []
  const shown = { before: carried(before), after: carried(after) }
  const masked = { before: maskDocument(shown.before, buyer), after: maskDocument(shown.after, buyer) }
  const changes: DataChange[] = []
  compare(shown.before, shown.after, masked.before, masked.after, '', changes)
  return changes
}

/** The run's data as it may be shown; the source document only as long as there is no order made of it. */
export function shownData(data: RunData, buyer: Order | undefined): Record<string, unknown> {
  const shown = data.order ? carried(data) : { ...carried(data), source: data.source }
  return maskDocument(shown, buyer) as Record<string, unknown>
}

// What a run began with is the same at every step.
const carried = ({ source: _source, event: _event, ...data }: RunData) => data

function compare(
  before: unknown,
  after: unknown,
  maskedBefore: unknown,
  maskedAfter: unknown,
  path: string,
  changes: DataChange[],
): void {
  if (changes.length >= MOST_CHANGES || isSame(before, after)) return
  const sides = [before, after].filter(each => each !== undefined)
  if (!sides.every(isGroup) || !sides.some(isFilled)) {
    changes.push({
      path,
      ...(before === undefined ? {} : { before: maskedBefore }),
      ...(after === undefined ? {} : { after: maskedAfter }),
    })
    return
  }
  for (const key of new Set(sides.flatMap(side => Object.keys(side as object))))
    compare(
      inside(before, key),
      inside(after, key),
      inside(maskedBefore, key),
      inside(maskedAfter, key),
      path === '' ? key : `${path}.${key}`,
      changes,
    )
}

const isGroup = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !(value instanceof Date)

const isFilled = (value: unknown): boolean => Object.keys(value as object).length > 0

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  return a instanceof Date && b instanceof Date && a.getTime() === b.getTime()
}

function inside(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
