import { type Static, Type } from 'typebox'
import { CARRIERS } from '../../connectors/kit/carriers.ts'
import type { ParcelDoc } from '../store/parcel-doc.ts'
import { Instant, TextShape } from './shapes.ts'

export const ParcelShape = Type.Object({
  id: Type.String(),
  carrier: Type.String(),
  carrierName: TextShape,
  waybill: Type.String(),
  leg: Type.String(),
  orders: Type.Array(Type.String()),
  state: Type.String(),
  text: Type.String(),
  place: Type.String(),
  lastMovedAt: Instant,
  askedAt: Type.Optional(Instant),
  nextAskAt: Type.Optional(Instant),
  doneAt: Type.Optional(Instant),
  connection: Type.Optional(Type.String()),
  refused: Type.Optional(Type.String()),
  returnParcel: Type.Optional(Type.String()),
})
type ParcelView = Static<typeof ParcelShape>

export const ParcelDetailShape = Type.Object({
  ...ParcelShape.properties,
  /** Newest first. */
  nodes: Type.Array(
    Type.Object({
      at: Instant,
      state: Type.String(),
      text: Type.String(),
      place: Type.String(),
      code: Type.String(),
    }),
  ),
})

export function viewParcel(parcel: ParcelDoc): ParcelView {
  const { _id: id, carrier, waybill, leg, orders, state, nodes } = parcel
  const last = nodes.at(-1)
  const { zh = carrier, en = carrier } = Object.hasOwn(CARRIERS, carrier)
    ? CARRIERS[carrier as keyof typeof CARRIERS]
    : {}
  return {
    id,
    carrier,
    carrierName: { zh, en },
    waybill,
    leg,
    orders,
    state,
    text: last?.text ?? '',
    place: last?.place ?? '',
    lastMovedAt: parcel.lastMovedAt.toISOString(),
    ...(parcel.askedAt && { askedAt: parcel.askedAt.toISOString() }),
    ...(parcel.nextAskAt && { nextAskAt: parcel.nextAskAt.toISOString() }),
    ...(parcel.doneAt && { doneAt: parcel.doneAt.toISOString() }),
    ...(parcel.connection && { connection: parcel.connection }),
    ...(parcel.refused && { refused: parcel.refused }),
    ...(parcel.returnParcel && { returnParcel: parcel.returnParcel }),
  }
}

export const viewParcelDetail = (parcel: ParcelDoc): Static<typeof ParcelDetailShape> => ({
  ...viewParcel(parcel),
  nodes: parcel.nodes.toReversed().map(({ at, state, text, place = '', code }) => ({
    at: at.toISOString(),
    state,
    text,
    place,
    code,
  })),
})
