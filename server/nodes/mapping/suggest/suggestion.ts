import type { Text } from '../../../workflow/text.ts'
import type { ItemFieldMapping } from '../mapping.ts'
import { itemTargets, orderTargets } from '../targets.ts'
import type { MoneyUnits } from './money.ts'
import type { Candidate } from './score.ts'
import { shareOf } from './shapes.ts'
import { transformsFor } from './transforms-for.ts'

/** A way to fill one field, as it would be written into the mapping, and why. */
export interface Suggestion {
  /** `phone`; `items` for the list itself, `items.sku` for a field of its entries. */
  readonly to: string
  readonly field: ItemFieldMapping & { readonly each?: string }
  /** 0 to 1. */
  readonly confidence: number
  readonly reason: Text
}

/** Less sure than this is not worth a person's look. */
export const LEAST = 0.4

/** The likeliest candidate for a target as a suggestion; undefined where none is likely enough. */
export function suggestionFor(
  to: string,
  candidates: readonly Candidate[],
  unitOf: MoneyUnits,
): Suggestion | undefined {
  const target = to.startsWith('items.') ? itemTargets[to.slice(6)] : orderTargets[to]
  const [best] = candidates
  if (!best || !target || best.score < LEAST) return undefined
  const { transforms, note } = transformsFor(to, target.type, best.field, unitOf)
  const from = sourcesOf(to, best, candidates)
  return {
    to,
    field: {
      to: to.replace(/^items\./, ''),
      from,
      ...(transforms.length > 0 ? { transforms } : {}),
      ...(target.need === 'must' || to === 'orderId' ? { required: true } : {}),
    },
    confidence: note && !note.sure ? Math.min(best.score, 0.7) : best.score,
    reason: note
      ? { zh: `${best.reason.zh}；${note.words.zh}`, en: `${best.reason.en}; ${note.words.en}` }
      : best.reason,
  }
}

/** Fields that platforms fill by turns: the decrypted one or its mask, the specification's code or the article's. */
const BY_TURNS = new Set(['phone', 'order_customer_name', 'address.detail', 'items.sku'])
const MOST_SOURCES = 3

function sourcesOf(to: string, best: Candidate, candidates: readonly Candidate[]): string | string[] {
  if (!BY_TURNS.has(to)) return best.field.path
  const others = candidates.filter(
    each =>
      each !== best &&
      each.byName >= 0.7 &&
      each.score >= 0.45 &&
      !each.field.values.some(value => value === '0' || value === 0) &&
      (shareOf(each.field.values, 'cipher') ?? 0) === 0 &&
      each.field.above.join() === best.field.above.join(),
  )
  const all = [best, ...others].sort((a, b) => b.byName - a.byName).slice(0, MOST_SOURCES)
  const paths = all.map(({ field }) => field.path)
  return paths.length === 1 ? best.field.path : paths
}
