import { stockId } from './stock-id.ts'
import { type Levels, linesBySku } from './stock-lines.ts'
import type { HoldAnswer, HoldRequest, StockLine } from './world.ts'

interface Allocation {
  /** One per request, in their order. */
  readonly answers: HoldAnswer[]
  /** Units taken in all, by stock id: what one write per stock must subtract. */
  readonly taken: Map<string, number>
}

/**
 * Gives what there is to requests in their order: all lines of a request or none, and never more than is
 * available. Pure: `levels` is only read, what was given is counted in a working copy.
 */
export function allocate(requests: readonly HoldRequest[], levels: Levels, workspace: string): Allocation {
  const taken = new Map<string, number>()
  const answers = requests.map(({ warehouse, lines }): HoldAnswer => {
    const wanted = linesBySku(lines)
    const short = firstShort(warehouse, wanted)
    if (short) return { held: false, short }
    for (const { sku, quantity } of wanted) {
      const id = stockId(workspace, warehouse, sku)
      taken.set(id, (taken.get(id) ?? 0) + quantity)
    }
    return { held: true }
  })
  return { answers, taken }

  function firstShort(warehouse: string, wanted: readonly StockLine[]): HoldAnswer['short'] {
    for (const { sku, quantity } of wanted) {
      const available = levels(warehouse, sku) - (taken.get(stockId(workspace, warehouse, sku)) ?? 0)
      // A quantity that is not a positive whole number would make stock out of nothing.
      if (available < quantity || !Number.isInteger(quantity) || quantity < 1)
        return { sku, available, need: quantity }
    }
    return undefined
  }
}
