import { type Static, Type } from 'typebox'
import { newValidator } from './order-schema.ts'

const Count = Type.Integer({ minimum: 0 })

/** What a velocity signal says: one SKU sells too fast. It is the source document of the runs it starts. */
export const StockSpike = Type.Object(
  {
    /** The workflow that watches; left out in samples, which are tried on the drawing at hand. */
    workflow: Type.Optional(Type.String()),
    sku: Type.String({ minLength: 1, maxLength: 120 }),
    /** Units sold within the window that was looked at. */
    units: Count,
    windowSeconds: Type.Integer({ minimum: 1 }),
    /** Units per minute: over the window, or over its last part where that went faster. */
    perMinute: Count,
    limitPerMinute: Count,
    /** Units all warehouses together had left at that moment. */
    available: Count,
    warehouses: Type.Array(
      Type.Object(
        { warehouse: Type.String(), name: Type.String(), available: Count },
        { additionalProperties: false },
      ),
      { maxItems: 1_000 },
    ),
    at: Type.String({ minLength: 1, maxLength: 40 }),
  },
  { additionalProperties: false },
)
export type StockSpike = Static<typeof StockSpike>

/** What a run knows of the spike it began with: what the signal says, and what follows from it. */
export interface SpikeFacts extends Omit<StockSpike, 'workflow'> {
  /** 「杭州仓 120 件、宁波仓 0 件」 */
  readonly places: string
  /** Minutes what is left lasts at this speed, to a tenth. */
  readonly minutesLeft: number
}

/** Whether a document is a velocity signal; `isStockSpike.errors` says what is wrong with it. */
export const isStockSpike = newValidator().compile<StockSpike>(StockSpike)

export function spikeFacts({ workflow: _, ...spike }: StockSpike): SpikeFacts {
  const { warehouses, available, perMinute } = spike
  return {
    ...spike,
    places: warehouses.map(each => `${each.name} ${each.available} 件`).join('、'),
    minutesLeft: Math.round((available * 10) / Math.max(1, perMinute)) / 10,
  }
}
