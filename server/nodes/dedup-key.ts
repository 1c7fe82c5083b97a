import type { Order } from '../workflow/order.ts'
import type { Text } from '../workflow/text.ts'
import { orderTargets } from './mapping/targets.ts'
import { compilePath } from './path.ts'

/** What two orders may be compared by, in words: fields of the order, and what its items are made of. */
export const dedupKeyNames: Readonly<Record<string, Text>> = {
  skus: { zh: '商品（编码）', en: 'set of SKUs' },
  lines: { zh: '商品和数量', en: 'SKUs and quantities' },
  ...Object.fromEntries(
    Object.entries(orderTargets)
      .filter(([path, { type }]) => (type === 'text' && path !== 'items') || type === 'money')
      .map(([path, { name }]) => [path, name]),
  ),
}

interface DedupKey {
  readonly key: string
  /** The first compared field that says nothing about this order; then there is no key. */
  readonly missing?: string
}

type Part = (order: Order) => string

/** Compiles what makes two orders the same; `13800138000|SKU-1,SKU-2`. */
export function compileDedupKey(keys: readonly string[]): (order: Order) => DedupKey {
  const parts = keys.map(partOf)
  return order => {
    let key = order.kind === 'return' ? 'return' : ''
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!(order)
      // Two strangers without a phone are not one buyer.
      if (part === '') return { key: '', missing: keys[i]! }
      key = key === '' ? part : `${key}|${part}`
    }
    return { key }
  }
}

function partOf(key: string): Part {
  if (key === 'skus') return ({ items }) => sorted(items.map(item => escaped(item.sku)))
  if (key === 'lines')
    return ({ items }) => sorted(items.map(item => `${escaped(item.sku)}×${item.quantity}`))
  if (key === 'phone') return ({ phone }) => identifying(phone)
  const read = compilePath(key)
  return order => {
    const value = read?.(order)
    return typeof value === 'string' ? escaped(value.trim()) : typeof value === 'number' ? String(value) : ''
  }
}

function sorted(parts: string[]): string {
  return parts.length === 1 ? parts[0]! : [...new Set(parts)].sort().join(',')
}

/** A masked number still tells buyers apart by 7 digits (138****0000); with fewer, half a town shares it. */
function identifying(phone: string): string {
  if (!phone.includes('*')) return escaped(phone)
  return phone.replace(/\D/g, '').length >= 7 ? escaped(phone) : ''
}

/** Values may hold the separators: written with a backslash, different orders never share a key. */
function escaped(value: string): string {
  return /[|,\\]/.test(value) ? value.replace(/[|,\\]/g, char => `\\${char}`) : value
}
