import type { Text } from '../../server/workflow/text.ts'

// What the server's lists hold, as far as stories read them.

export interface OrderView {
  /** `<connection>:<order id>` */
  readonly key: string
  readonly orderId: string
  readonly channel: string
  readonly kind: 'sale' | 'return'
  readonly items: readonly { readonly sku: string; readonly quantity: number; readonly paidFen: number }[]
  readonly paidFen: number
  readonly orderedAt: string
  readonly status: string
  readonly outcome: string
  readonly sentence: Text
  readonly duplicateOf?: string
}

export interface QuarantineView {
  readonly connection: string
  readonly body: string
  readonly problems: readonly {
    readonly field: string
    readonly message: string
    readonly messageEn: string
  }[]
}

export interface ConnectionView {
  readonly id: string
  readonly lastPolledAt?: string
  /** What is wrong with it now, and what to do. */
  readonly fault?: Text
}

/** Something that came in: one version of one order. */
export interface EventView {
  readonly id: string
  readonly connection: string
  /** `<connection>:<order id>` */
  readonly order: string
}

export interface StockView {
  readonly warehouse: string
  readonly sku: string
  readonly onHand: number
  readonly held: number
  readonly available: number
}

export interface StockProof {
  readonly agrees: boolean
  readonly checked: number
  readonly differences: readonly unknown[]
}

export interface OutboxView {
  readonly id: string
  readonly kind: string
  readonly order: string
  readonly state: 'planned' | 'sent' | 'confirmed' | 'failed' | 'unknown'
}

export interface TaskView {
  readonly topic: string
  readonly title: string
  /** What the task is about: the platform's order id, or a SKU. */
  readonly orderId: string
  readonly order: string
}
