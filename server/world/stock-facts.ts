import type { Point } from '../workflow/order.ts'
import { distanceKm } from './geo.ts'
import { type Levels, linesBySku } from './stock-lines.ts'
import type { StockFacts, StockLine, StockQuestion, WarehouseFacts } from './world.ts'

export interface WarehousePlace {
  readonly id: string
  readonly name: string
  readonly point: Point
}

/**
 * Distance of warehouses when the own warehouse is not known: farther than any place on earth (20,038 km),
 * and a number, because an absent distance would count as 0 in a condition.
 */
export const UNKNOWN_DISTANCE_KM = 99_999

const MAX_OTHERS = 12

interface Placed {
  readonly warehouse: WarehousePlace
  readonly distanceKm: number
}

/**
 * What an order may know of the stock: own warehouse, nearest other that has all of it, others, all together.
 * @param warehouses every warehouse of the workspace; pass the same array again and distances are kept
 */
export function factsFor(
  question: Pick<StockQuestion, 'warehouse' | 'lines' | 'from'>,
  levels: Levels,
  warehouses: readonly WarehousePlace[],
): StockFacts {
  const lines = linesBySku(question.lines)
  const own = warehouses.find(warehouse => warehouse.id === question.warehouse)
  const from = question.from ?? own?.point
  const ownKm = question.from && own ? kmBetween(question.from, own.point) : own ? 0 : UNKNOWN_DISTANCE_KM
  const ownFacts = factsOf(question.warehouse, own?.name ?? question.warehouse, ownKm, lines, levels)
  const placed = question.from
    ? othersByDistance(question.warehouse, from, warehouses)
    : keptOthers(question.warehouse, from, warehouses)

  const others: WarehouseFacts[] = []
  let near: WarehouseFacts | undefined
  for (const { warehouse, distanceKm } of placed) {
    if (near && others.length === MAX_OTHERS) break
    const facts = factsOf(warehouse.id, warehouse.name, distanceKm, lines, levels)
    if (others.length < MAX_OTHERS) others.push(facts)
    if (facts.covers) near ??= facts
  }
  const { sku, need } = ownFacts
  return {
    own: ownFacts,
    near: near ?? { warehouse: null, name: '', sku, available: 0, need, covers: false, distanceKm: null },
    others,
    network: networkOf(lines, levels, own ? undefined : question.warehouse, warehouses),
  }
}

function factsOf(
  warehouse: string,
  name: string,
  km: number,
  lines: readonly StockLine[],
  levels: Levels,
): WarehouseFacts {
  let scarcest = lines[0] ?? { sku: '', quantity: 0 }
  let available = lines.length === 0 ? 0 : levels(warehouse, scarcest.sku)
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!
    const level = levels(warehouse, line.sku)
    if (level - line.quantity < available - scarcest.quantity) {
      scarcest = line
      available = level
    }
  }
  const need = scarcest.quantity
  return { warehouse, name, sku: scarcest.sku, available, need, covers: available >= need, distanceKm: km }
}

/** @param extra own warehouse when it is not among the known ones: its stock counts all the same */
function networkOf(
  lines: readonly StockLine[],
  levels: Levels,
  extra: string | undefined,
  warehouses: readonly WarehousePlace[],
): StockFacts['network'] {
  let scarcest: StockFacts['network'] = { sku: '', available: 0, need: 0, covers: true }
  let margin = Number.POSITIVE_INFINITY
  for (const { sku, quantity } of lines) {
    let available = extra === undefined ? 0 : levels(extra, sku)
    for (const warehouse of warehouses) available += levels(warehouse.id, sku)
    if (available - quantity < margin) {
      margin = available - quantity
      scarcest = { sku, available, need: quantity, covers: margin >= 0 }
    }
  }
  return scarcest
}

function othersByDistance(
  own: string,
  from: Point | undefined,
  warehouses: readonly WarehousePlace[],
): Placed[] {
  const placed: Placed[] = []
  for (const warehouse of warehouses) {
    if (warehouse.id === own) continue
    placed.push({ warehouse, distanceKm: from ? kmBetween(from, warehouse.point) : UNKNOWN_DISTANCE_KM })
  }
  // Equal distances are told apart by id, so that the same question always has the same answer.
  return placed.sort((a, b) => a.distanceKm - b.distanceKm || (a.warehouse.id < b.warehouse.id ? -1 : 1))
}

const kept = new WeakMap<readonly WarehousePlace[], Map<string, readonly Placed[]>>()

/** Warehouses do not move: their order seen from one of them is worked out once per list. */
function keptOthers(
  own: string,
  from: Point | undefined,
  warehouses: readonly WarehousePlace[],
): readonly Placed[] {
  // An unknown own warehouse is not kept: any text may stand there, and the map would grow for ever.
  if (!from) return othersByDistance(own, from, warehouses)
  const byOwn = kept.get(warehouses) ?? new Map<string, readonly Placed[]>()
  const known = byOwn.get(own)
  if (known) return known
  const placed = othersByDistance(own, from, warehouses)
  kept.set(warehouses, byOwn.set(own, placed))
  return placed
}

function kmBetween(a: Point, b: Point): number {
  return Math.round(distanceKm(a, b) * 10) / 10
}
