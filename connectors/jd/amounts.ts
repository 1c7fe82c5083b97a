import { fenFromYuan } from '../../server/nodes/mapping/decimal.ts'

/** Fen of an amount in yuan; undefined for what is none. */
export function fenOf(yuan: unknown): number | undefined {
  const fen = fenFromYuan(yuan, true)
  return typeof fen === 'number' ? fen : undefined
}

/** A sum shared out by weight, to the last fen: what rounding leaves goes to the first of them. */
export function shared(totalFen: number, weights: readonly number[]): number[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  if (all === 0) return weights.map((_weight, index) => (index === 0 ? totalFen : 0))
  const parts = weights.map(weight => Math.floor((totalFen * weight) / all))
  const left = totalFen - parts.reduce((sum, part) => sum + part, 0)
  return parts.map((part, index) => (index < left ? part + 1 : part))
}
