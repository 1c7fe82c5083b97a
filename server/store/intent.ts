import { deserialize, serialize } from 'node:v8'
import type { IntendedHold, Intent, StockReading } from './lane-doc.ts'

/**
 * An intent is written once or twice per batch and read only after a crash, so it is kept as one block of bytes: taken
 * apart into fields it would cost both sides more than the batch's own documents. In it what there is of every order
 * stands one behind the other, as naming each part of each hold again would take most of the bytes and of the time.
 */
interface Packed extends Omit<Intent, 'holds' | 'readings'> {
  /** `HOLD_PARTS` entries per hold, in the order of its fields. */
  readonly holdParts: readonly unknown[]
  readonly readings: readonly { readonly read: Uint8Array; readonly keys: string[] }[]
}

const HOLD_PARTS = 8

export function packIntent({ holds, readings = [], ...rest }: Intent): Buffer {
  const holdParts: unknown[] = []
  for (const { key, seq, orderKey, orderId, warehouse, lines, held, short } of holds) {
    const parts: unknown[] = []
    for (const { sku, quantity } of lines) parts.push(sku, quantity)
    holdParts.push(key, seq, orderKey, orderId, warehouse, parts, held, short)
  }
  return serialize({
    ...rest,
    holdParts,
    readings: readings.map(({ keys, ...what }) => ({ read: packedReading(what), keys })),
  } satisfies Packed)
}

/** @param packed as the store gives it back: a Binary, or nothing */
export function unpackIntent(packed: unknown): Intent | null {
  if (!packed) return null
  const { buffer } = packed as { buffer: Uint8Array }
  const intent = deserialize(packed instanceof Uint8Array ? packed : buffer) as Packed | Intent
  // Up to version 0.5.0 an intent was packed as it is.
  if ('holds' in intent) return intent
  const { holdParts, readings, ...rest } = intent
  return {
    ...rest,
    holds: holdsOf(holdParts),
    readings: readings.map(({ read, keys }) => ({ ...readingOf(read), keys })),
  }
}

type What = Omit<StockReading, 'keys'>

/** What was read of the stock is the same for all lanes of a batch, and for its second intent: packed once. */
const packedReadings = new WeakMap<StockReading['levels'], Uint8Array>()

function packedReading(what: What): Uint8Array {
  const known = packedReadings.get(what.levels)
  if (known) return known
  const packed = serialize(what)
  packedReadings.set(what.levels, packed)
  return packed
}

const readingOf = (read: Uint8Array): What => deserialize(read) as What

function holdsOf(parts: readonly unknown[]): IntendedHold[] {
  const holds: IntendedHold[] = []
  for (let at = 0; at < parts.length; at += HOLD_PARTS) {
    const [key, seq, orderKey, orderId, warehouse, units, held, short] = parts.slice(at) as HoldParts
    const lines: IntendedHold['lines'] = []
    for (let line = 0; line < units.length; line += 2)
      lines.push({ sku: String(units[line]), quantity: Number(units[line + 1]) })
    holds.push({ key, seq, orderKey, orderId, warehouse, lines, held, ...(short && { short }) })
  }
  return holds
}

type HoldParts = [
  key: string,
  seq: number,
  orderKey: string,
  orderId: string,
  warehouse: string,
  units: readonly (string | number)[],
  held: boolean,
  short: IntendedHold['short'],
]
