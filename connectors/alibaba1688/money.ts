import { fenFromYuan } from '../../server/nodes/mapping/decimal.ts'

/** Yuan of an order, a JSON number, in fen; undefined for what is no amount. */
export function fenOf(yuan: unknown): number | undefined {
  const fen = yuan === undefined || yuan === null ? undefined : fenFromYuan(yuan, true)
  return typeof fen === 'number' ? fen : undefined
}

/** An amount that is told in fen, as a number or a text. */
export function wholeFen(value: unknown): number | undefined {
  const fen =
    typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : Number.NaN
  return Number.isSafeInteger(fen) ? fen : undefined
}
