import type { ActionLine } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import type { Goods, Settings1688 } from './settings.ts'

/** An entry of `cargoParamList`. */
export interface Cargo {
  readonly offerId: number
  readonly specId?: string
  /** In the supplier's units. */
  readonly quantity: number
}

/**
 * What to buy for units of ours: whole packs, one entry for each offer and spec.
 * @throws ConnectorError class `business` naming the SKUs nobody linked to an offer
 */
export function cargoOf(lines: readonly ActionLine[], goods: Settings1688['goods'] = []): readonly Cargo[] {
  const linked = new Map(goods.map(row => [row.sku, row]))
  const unknown = lines.filter(({ sku }) => !linked.has(sku)).map(({ sku }) => sku)
  if (unknown.length > 0)
    throw new ConnectorError({
      class: 'business',
      said: `没有关联 1688 货品：${unknown.join('、')}。请在这个连接的「货品对照」里补上`,
    })
  const packs = new Map<string, Cargo>()
  for (const [row, units] of unitsByRow(lines, linked)) {
    const { offerId, specId, unitsPerPack = 1 } = row
    const key = `${offerId} ${specId ?? ''}`
    const quantity = (packs.get(key)?.quantity ?? 0) + Math.ceil(units / unitsPerPack)
    packs.set(key, { offerId: Number(offerId), ...(specId && { specId }), quantity })
  }
  return [...packs.values()]
}

function unitsByRow(lines: readonly ActionLine[], linked: ReadonlyMap<string, Goods>): Map<Goods, number> {
  const units = new Map<Goods, number>()
  for (const { sku, quantity } of lines) {
    const row = linked.get(sku)!
    units.set(row, (units.get(row) ?? 0) + quantity)
  }
  return units
}
