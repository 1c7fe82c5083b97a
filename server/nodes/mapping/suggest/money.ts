import { isEmptyValue } from './shapes.ts'
import type { SourceField } from './source-fields.ts'

export interface MoneyUnit {
  readonly unit: 'yuan' | 'fen'
  /** False where it has to be looked at by a person. */
  readonly sure: boolean
}

const AMOUNT_NAME = /price|amount|payment|total|subtotal|paid|金额|单价|价格|实付|实收|合计|小计/i
/** Small amounts, and what is no amount at all. */
const OTHER_NAME =
  /discount|promotion|commission|freight|post|modif|change|adjust|phase|time|type|method|status|_id|count|num|时间|方式|状态|数量|单号|优惠/i

/** Tells the unit of one field's amounts. */
export type MoneyUnits = (field: SourceField) => MoneyUnit

/**
 * Whether amounts of a document are yuan or fen. A unit in the name or a single decimal settles it; whole numbers
 * are taken for fen only where nearly all are at least one yuan and most end in a round figure, as in documents
 * of platform APIs. Names in Chinese are of exports, which write yuan.
 * @param fields all of the document, lists included; looked through once
 */
export function moneyUnits(fields: readonly SourceField[]): MoneyUnits {
  const values = fields
    .filter(({ key }) => AMOUNT_NAME.test(key) && !OTHER_NAME.test(key))
    .flatMap(field => field.values)
    .filter(value => !isEmptyValue(value))
  const anyDecimal = values.some(isDecimal)
  const { isFen, count } = likelyFen(values)
  return ({ key, values: own }) => {
    if (/[((]\s*元|yuan|cny|rmb/i.test(key)) return { unit: 'yuan', sure: true }
    if (/[((]\s*分|fen$|cents?$/i.test(key)) return { unit: 'fen', sure: true }
    if (anyDecimal || own.some(isDecimal)) return { unit: 'yuan', sure: true }
    if (/[\u4e00-\u9fff]/.test(key)) return { unit: 'yuan', sure: false }
    if (count > 0) return isFen ? { unit: 'fen', sure: count > 3 } : { unit: 'yuan', sure: false }
    return { unit: likelyFen(own).isFen ? 'fen' : 'yuan', sure: false }
  }
}

function isDecimal(value: unknown): boolean {
  const text = String(value).slice(0, 40)
  return /\d\.\d|[¥￥元]/.test(text) && !/[a-z]/i.test(text)
}

function likelyFen(values: readonly unknown[]): { isFen: boolean; count: number } {
  const said = values.map(Number).filter(value => Number.isFinite(value) && value !== 0)
  const large = said.filter(value => Math.abs(value) >= 100).length
  const round = said.filter(value => value % 10 === 0).length
  const isFen = said.length > 0 && large >= said.length * 0.8 && round >= said.length * 0.5
  return { isFen, count: said.length }
}
