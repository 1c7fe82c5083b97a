import { Type } from 'typebox'
import type { StockFacts } from '../world/world.ts'
import { hint } from './hints.ts'

/** Id of a warehouse. */
export function WarehouseParam(zh: string, en: string) {
  return Type.String({ ...hint(zh, en, { as: 'warehouse' }), minLength: 1, maxLength: 60 })
}

/** A warehouse by its name where the run has seen it; by its id else. */
export function warehouseName(id: string, stock: StockFacts | undefined): string {
  if (!stock) return id
  if (stock.own.warehouse === id) return stock.own.name
  return (
    stock.others.find(other => other.warehouse === id)?.name ??
    (stock.near.warehouse === id ? stock.near.name : id)
  )
}
