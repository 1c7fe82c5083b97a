import { Type } from 'typebox'
import { Order, Point } from '../workflow/order.ts'
import { Instant, STRICT } from './shapes.ts'

const Name = Type.String({ maxLength: 300 })
const Units = Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 })

const StoredOrder = Type.Object(
  {
    ...Order.properties,
    orderedAt: Instant,
    paidAt: Type.Optional(Instant),
    modifiedAt: Type.Optional(Instant),
  },
  STRICT,
)

/** The small world of a case as JSON: what a simulated world can be made from. */
export const CaseWorld = Type.Object(
  {
    now: Type.Optional(Instant),
    connections: Type.Optional(
      Type.Array(
        Type.Object(
          {
            id: Name,
            name: Name,
            channel: Name,
            shop: Name,
            warehouse: Type.Optional(Name),
            mapping: Type.Optional(Type.Unknown()),
            sells: Type.Optional(Type.Union([Type.Literal('call'), Type.Literal('hand')])),
          },
          STRICT,
        ),
        { maxItems: 1_000 },
      ),
    ),
    warehouses: Type.Optional(
      Type.Array(Type.Object({ id: Name, name: Name, point: Point }, STRICT), { maxItems: 1_000 }),
    ),
    stock: Type.Optional(Type.Record(Type.String(), Type.Record(Type.String(), Units))),
    orders: Type.Optional(
      Type.Array(
        Type.Object(
          { orderKey: Name, order: StoredOrder, status: Name, outcome: Type.Optional(Name) },
          STRICT,
        ),
        { maxItems: 1_000 },
      ),
    ),
    sightings: Type.Optional(
      Type.Array(
        Type.Object(
          { dedupKey: Type.String(), orderKey: Name, orderId: Name, channel: Name, at: Instant },
          STRICT,
        ),
        { maxItems: 10_000 },
      ),
    ),
  },
  STRICT,
)
