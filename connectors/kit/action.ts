import type { Address } from '../../server/workflow/order.ts'
import type { ConnectorContext } from '../connector.ts'
import type { Listing } from './listing.ts'

/** Units of one SKU. */
export interface ActionLine {
  readonly sku: string
  readonly quantity: number
}

/** What workflows may do by connectors: by action, what it is told. Bodies are JSON and stand in the outbox. */
export interface ActionBodies {
  /** Tells the shop that an order was shipped. */
  readonly ship: {
    /** The platform's order id. */
    readonly orderId: string
    /** One of CARRIERS, or the platform's own code. */
    readonly carrier: string
    readonly waybill: string
    /** What is in the parcel; the whole order where absent. */
    readonly lines?: readonly ActionLine[]
  }
  /** Sets how many units the shop may sell; 0 takes a SKU off sale. */
  readonly stock: {
    readonly sku: string
    readonly quantity: number
    /** Everything the shop sells under this SKU. */
    readonly listings: readonly Listing[]
  }
  /** Buys from a supplier. */
  readonly purchase: {
    readonly purchase: string
    readonly orderId: string
    readonly lines: readonly ActionLine[]
    readonly urgent: boolean
    readonly shipTo?: Address & { readonly name?: string; readonly phone?: string }
  }
  /** Tells people something. */
  readonly message: {
    /** Markdown, of which a connector sends what its medium can show. */
    readonly text: string
    readonly subject?: string
    /** User ids, phones or addresses; `@all` for everybody. */
    readonly to?: readonly string[]
    readonly file?: { readonly name: string; readonly contentType: string; readonly base64: string }
  }
  /** Has a carrier fetch a return from the buyer. */
  readonly reverse: {
    readonly orderId: string
    readonly refundId?: string
    readonly lines: readonly ActionLine[]
    readonly from: Address & { readonly name: string; readonly phone: string }
    readonly to: Address & { readonly name: string; readonly phone: string }
  }
}

export type ActionName = keyof ActionBodies

/** One try to do it. `key` is the same for all tries: what the platform takes as idempotency key. */
export interface ActionCall<B> {
  readonly key: string
  readonly body: B
  readonly attempt: number
  /** When the workflow wanted it: no try is older. */
  readonly plannedAt?: Date
}

/** What was done: small and flat, kept with the call and shown to people (`{ purchaseId: '28…', waybill: 'SF1…' }`). */
export type ActionAnswer = Readonly<Record<string, string | number | boolean>>

export interface Action<B, S = unknown, C = unknown> {
  /** Doing it twice does no harm, or the platform refuses the second: an unknown outcome may simply be tried again. */
  readonly isRepeatable: boolean
  /** @throws ConnectorError */
  perform(call: ActionCall<B>, context: ConnectorContext<S, C>): Promise<ActionAnswer>
  /**
   * Asks the platform whether an earlier try, whose answer never came, was done. Where it cannot tell, a person
   * must look. @returns what was done; null when surely nothing was; undefined when it cannot be told
   */
  ask?(call: ActionCall<B>, context: ConnectorContext<S, C>): Promise<ActionAnswer | null | undefined>
}

export type Actions<S = unknown, C = unknown> = {
  readonly [N in ActionName]?: Action<ActionBodies[N], S, C>
}
