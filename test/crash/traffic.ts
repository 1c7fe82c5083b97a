import { aPlainOrder, documentOf, type PlainOrder } from '../support/warehouse-shop.ts'

/** What must become of an order. */
export type Fate = 'ship' | 'transfer' | 'procure' | 'backorder' | 'duplicate' | 'scarce' | 'rejected'

export interface Sent {
  readonly order: PlainOrder
  readonly fate: Fate
  /** For a duplicate: the order it repeats. */
  readonly repeats?: string
}

export const SCARCE_UNITS = 40

export const crashStock = {
  hangzhou: { 'OWN-1': 1_000_000, 'OWN-2': 1_000_000, SCARCE: SCARCE_UNITS },
  ningbo: { 'NEAR-1': 1_000_000 },
}

/** A seeded mix of orders of every fate; duplicates repeat orders that were acknowledged before. */
export function trafficOf(seed: number) {
  let state = seed
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const acknowledged: Sent[] = []
  let count = 0
  const start = Date.parse('2026-10-01T02:00:00Z')
  const local = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')

  function fresh(fate: Fate): Sent {
    const n = count++
    const sku =
      { ship: random() < 0.7 ? 'OWN-1' : 'OWN-2', transfer: 'NEAR-1', scarce: 'SCARCE' }[fate as string] ??
      'NONE-1'
    const order = aPlainOrder({
      id: `C${String(n).padStart(6, '0')}`,
      phone: fate === 'rejected' ? '' : `139${String(n).padStart(8, '0')}`,
      sku,
      quantity: fate === 'scarce' ? 1 : 1 + Math.floor(random() * 3),
      orderedAt: local(start + n * 1_000),
      urgent: fate === 'procure',
    })
    return { order, fate }
  }

  return {
    next(): Sent {
      const roll = random()
      if (roll < 0.08 && acknowledged.length > 0) {
        const origin = acknowledged.splice(Math.floor(random() * acknowledged.length), 1)[0]!
        const id = `C${String(count++).padStart(6, '0')}`
        const apart = Math.floor(random() * 170) * 1_000
        const orderedAt = local(Date.parse(`${origin.order.orderedAt.replace(' ', 'T')}+08:00`) + apart)
        return { order: { ...origin.order, id, orderedAt }, fate: 'duplicate', repeats: origin.order.id }
      }
      if (roll < 0.1) return fresh('rejected')
      if (roll < 0.15) return fresh('scarce')
      if (roll < 0.3) return fresh('transfer')
      if (roll < 0.4) return fresh('procure')
      if (roll < 0.45) return fresh('backorder')
      return fresh('ship')
    },
    acknowledge(sent: Sent): void {
      if (sent.fate !== 'duplicate' && sent.fate !== 'rejected') acknowledged.push(sent)
    },
    /** Between 0 and 1, from the same seed. */
    random,
  }
}

export const documentsOf = (sent: readonly Sent[]) => sent.map(each => documentOf(each.order))
