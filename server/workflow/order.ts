import { type Static, Type } from 'typebox'

// Instants live as Date in memory and in the store; over HTTP they are ISO 8601 strings.
const Instant = Type.Unsafe<Date>({ ui: 'instant' })

export const Point = Type.Object(
  { lng: Type.Number({ minimum: -180, maximum: 180 }), lat: Type.Number({ minimum: -90, maximum: 90 }) },
  { additionalProperties: false },
)
export type Point = Static<typeof Point>

export const Address = Type.Object(
  {
    province: Type.String({ maxLength: 40 }),
    city: Type.String({ maxLength: 40 }),
    district: Type.String({ maxLength: 60 }),
    detail: Type.String({ maxLength: 500 }),
    point: Type.Optional(Point),
  },
  { additionalProperties: false },
)
export type Address = Static<typeof Address>

export const OrderItem = Type.Object(
  {
    sku: Type.String({ minLength: 1, maxLength: 120 }),
    title: Type.String({ maxLength: 500 }),
    quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    unitPriceFen: Type.Integer({ ui: 'money' }),
    paidFen: Type.Integer({ ui: 'money' }),
    /** `none`, `refunding`, `refunded` or `refund-closed`: an axis of its own beside the order's status. */
    afterSale: Type.Optional(Type.String({ maxLength: 60 })),
  },
  { additionalProperties: false },
)
export type OrderItem = Static<typeof OrderItem>

/** The channel-neutral order. The untouched source document stays with the event it came by. */
export const Order = Type.Object(
  {
    orderId: Type.String({ minLength: 1, maxLength: 120 }),
    channel: Type.String({ minLength: 1, maxLength: 40 }),
    shop: Type.String({ minLength: 1, maxLength: 120 }),
    kind: Type.Union([Type.Literal('sale'), Type.Literal('return')]),
    order_customer_name: Type.String({ maxLength: 120 }),
    phone: Type.String({ maxLength: 60 }),
    address: Address,
    items: Type.Array(OrderItem, { minItems: 1, maxItems: 1_000 }),
    paidFen: Type.Integer({ ui: 'money' }),
    orderedAt: Instant,
    paidAt: Type.Optional(Instant),
    modifiedAt: Type.Optional(Instant),
    urgent: Type.Boolean(),
    buyerNote: Type.String({ maxLength: 2_000 }),
    sellerNote: Type.String({ maxLength: 2_000 }),
    status: Type.String({ maxLength: 60 }),
    /** Of the whole order: `refunding` while any line is, `refunded` once all are. */
    afterSale: Type.Optional(Type.String({ maxLength: 60 })),
    /** The parcel it went out in; the first where there are several. */
    waybill: Type.Optional(Type.String({ maxLength: 60 })),
    carrier: Type.Optional(Type.String({ maxLength: 60 })),
  },
  { additionalProperties: false },
)
export type Order = Static<typeof Order>
