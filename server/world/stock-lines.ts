import type { StockLine } from './world.ts'

/** Units available of a SKU in a warehouse; 0 where nothing is known of it. */
export type Levels = (warehouse: string, sku: string) => number

/** One line per SKU: lines of the same SKU are summed, in order of first appearance. */
export function linesBySku(lines: readonly StockLine[]): readonly StockLine[] {
  if (!hasRepeatedSku(lines)) return lines
  const needs = new Map<string, number>()
  for (const line of lines) needs.set(line.sku, (needs.get(line.sku) ?? 0) + line.quantity)
  return Array.from(needs, ([sku, quantity]) => ({ sku, quantity }))
}

// Nearly every order has a handful of different SKUs: comparing them is cheaper than building a set.
function hasRepeatedSku(lines: readonly StockLine[]): boolean {
  if (lines.length > 16) return new Set(lines.map(line => line.sku)).size < lines.length
  for (let i = 1; i < lines.length; i++) {
    const sku = lines[i]!.sku
    for (let j = 0; j < i; j++) if (lines[j]!.sku === sku) return true
  }
  return false
}
