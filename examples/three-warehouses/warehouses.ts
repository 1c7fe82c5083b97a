import { hangzhou, ningbo, wuhan } from '../stage/places.ts'
import type { WarehouseSetUp } from '../stage/shop-api.ts'
import { assortment, PLENTY, type Placement, SCARCE_UNITS } from './assortment.ts'

const units: Readonly<Record<string, Partial<Record<Placement, number>>>> = {
  hangzhou: { own: PLENTY, scarce: SCARCE_UNITS.own },
  // Everything the own warehouse has too, so that an order of both kinds of goods can be transferred whole.
  ningbo: { own: PLENTY, near: PLENTY, scarce: SCARCE_UNITS.near },
  wuhan: { far: PLENTY },
}

/** 杭州 is the own warehouse of both shops. */
export const warehouses: readonly WarehouseSetUp[] = [hangzhou, ningbo, wuhan].map(place => ({
  ...place,
  receipt: `yunbei-${place.id}`,
  stock: Object.fromEntries(assortment.map(({ sku, placement }) => [sku, units[place.id]?.[placement] ?? 0])),
}))
