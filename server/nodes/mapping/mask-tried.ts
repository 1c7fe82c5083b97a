import { maskDetail, maskDocument, maskName, maskPhone } from '../../mask.ts'
import { targetAt } from './fill.ts'
import { itemTargets, orderTargets, type Target } from './targets.ts'
import type { Tried, TriedValue, TriedValues } from './try-mapping.ts'

/** A tried value as it may be shown: buyers' data masked, instants as ISO 8601, addresses as their parts. */
export interface ShownValue {
  readonly value?: string | number | boolean | Readonly<Record<string, string>>
  readonly fault?: { readonly zh: string; readonly en: string }
}

export type ShownValues = Readonly<Record<string, ShownValue>>

/** Hides what a text repeats of a document's private values, wherever a mapping has put them. */
type Hide = (text: string) => string

/** The values a mapping made of a document, fit to be shown to whoever builds the mapping. */
export function maskTried(tried: Tried, source: unknown) {
  const hide = hiderOf(source)
  return {
    values: shownValues(tried.values, orderTargets, hide),
    ...(tried.items
      ? {
          items: {
            count: tried.items.count,
            rows: tried.items.rows.map(row => shownValues(row, itemTargets, hide)),
          },
        }
      : {}),
  }
}

function shownValues(
  values: TriedValues,
  targets: Readonly<Record<string, Target>>,
  hide: Hide,
): ShownValues {
  return Object.fromEntries(
    Object.entries(values).map(([to, tried]) => [to, shownValue(to, tried, targetAt(targets, to), hide)]),
  )
}

const personal: Readonly<Record<string, (text: string) => string>> = {
  phone: maskPhone,
  order_customer_name: maskName,
  'address.detail': maskDetail,
}

function shownValue(
  to: string,
  { value, fault }: TriedValue,
  target: Target | undefined,
  hide: Hide,
): ShownValue {
  if (fault) return { fault }
  if (value === undefined) return {}
  if (value instanceof Date) return { value: value.toISOString() }
  if (target?.type === 'address') return { value: addressParts(value, hide) }
  if (typeof value === 'string') return { value: (personal[to] ?? hide)(value) }
  // Where a buyer lives, to the metre, is theirs alone: a tenth of a degree shows that the field works.
  if (typeof value === 'number')
    return { value: to.startsWith('address.point') ? Math.round(value * 10) / 10 : value }
  return typeof value === 'boolean' ? { value } : {}
}

function addressParts(value: unknown, hide: Hide): Readonly<Record<string, string>> {
  const parts = Object.entries(value as Readonly<Record<string, unknown>>).filter(
    (part): part is [string, string] => typeof part[1] === 'string',
  )
  return Object.fromEntries(
    parts.map(([key, text]) => [key, key === 'detail' ? maskDetail(text) : hide(text)]),
  )
}

function hiderOf(source: unknown): Hide {
  const pairs: [plain: string, hidden: string][] = []
  collect(source, maskDocument(source), pairs)
  pairs.sort(([a], [b]) => b.length - a.length)
  return text => {
    let shown = text
    for (const [plain, hidden] of pairs) shown = shown.replaceAll(plain, hidden)
    return String(maskDocument(shown))
  }
}

const MOST_PAIRS = 2_000

/** Every private text of a document beside its masked form. */
function collect(plain: unknown, masked: unknown, pairs: [string, string][]): void {
  if (pairs.length >= MOST_PAIRS) return
  if (typeof plain === 'string' || typeof plain === 'number') {
    const text = String(plain).trim()
    if (plain !== masked && text.length >= 2) pairs.push([text, String(masked).trim()])
  } else if (typeof plain === 'object' && plain !== null) {
    for (const [key, value] of Object.entries(plain))
      collect(value, (masked as Readonly<Record<string, unknown>>)[key], pairs)
  }
}
