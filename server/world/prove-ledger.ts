import type { Store } from '../store/store.ts'
import { MOVEMENT_SIGNS } from './movement-sums.ts'
import { stockId } from './stock-id.ts'

interface Sum {
  onHand: number
  held: number
}

export interface LedgerDifference {
  readonly id: string
  readonly stock: { readonly onHand: number; readonly held: number; readonly available: number }
  readonly ledger: { readonly onHand: number; readonly held: number }
}

export interface LedgerProof {
  readonly agrees: boolean
  /** Stock documents compared. */
  readonly checked: number
  readonly differences: readonly LedgerDifference[]
}

/** Adds up the whole ledger and compares every stock document with its sum; reads everything once. */
export async function proveLedger(store: Store, workspace: string): Promise<LedgerProof> {
  const sums = new Map<string, Sum>()
  for await (const { kind, lines } of store.movements
    .find({ workspace }, { kind: 1, lines: 1 })
    .lean()
    .cursor({ batchSize: 1_000 })) {
    const signs = MOVEMENT_SIGNS[kind]
    for (const { warehouse, sku, quantity } of lines) {
      const id = stockId(workspace, warehouse, sku)
      const sum = sums.get(id) ?? { onHand: 0, held: 0 }
      sum.onHand += signs.onHand * quantity
      sum.held += signs.held * quantity
      sums.set(id, sum)
    }
  }
  const differences: LedgerDifference[] = []
  let checked = 0
  for await (const { _id: id, onHand, held, available } of store.stock
    .find({ workspace })
    .lean()
    .cursor({ batchSize: 1_000 })) {
    checked++
    const ledger = sums.get(id) ?? { onHand: 0, held: 0 }
    sums.delete(id)
    const agrees =
      onHand === ledger.onHand && held === ledger.held && available === onHand - held && available >= 0
    if (!agrees) differences.push({ id, stock: { onHand, held, available }, ledger })
  }
  for (const [id, ledger] of sums)
    if (ledger.onHand !== 0 || ledger.held !== 0)
      differences.push({ id, stock: { onHand: 0, held: 0, available: 0 }, ledger })
  return { agrees: differences.length === 0, checked, differences }
}
