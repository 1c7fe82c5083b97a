import { Type } from 'typebox'
import type { FieldSpec } from '../workflow/field.ts'
import { pathReader } from '../workflow/logic/own.ts'
import type { OrderItem } from '../workflow/order.ts'
import type { Problem } from '../workflow/problem.ts'
import { formatValue } from '../workflow/words.ts'
import { knownFields } from './fields.ts'
import { type Hint, hint } from './hints.ts'
import { isFreeText, maskMobiles } from './mask-mobiles.ts'
import type { RunData } from './node-type.ts'

/** How an absent value reads. */
export const NO_VALUE = '—'

const HOLE = /\{([^{}]*)\}/
const fieldsByPath = new Map(knownFields.map(field => [field.path, field]))
const openRoots = knownFields.filter(field => field.open).map(field => `${field.path}.`)

/** A text with holes named after fields: `缺货 {order.orderId}`. */
export function TemplateParam(zh: string, en: string, maxLength: number, more: Pick<Hint, 'when'> = {}) {
  return Type.String({ ...hint(zh, en, { as: 'template', ...more }), maxLength })
}

/**
 * Compiles a text with holes once. A hole takes its field's value as people read it (money in yuan, times of
 * Asia/Shanghai, what identifies a buyer masked); an absent value reads `—`.
 */
export function compileTemplate(template: string): (data: RunData) => string {
  const parts = template.split(HOLE).map((part, index) => (index % 2 === 0 ? part : holeReader(part.trim())))
  return data => {
    let text = ''
    for (const part of parts) text += typeof part === 'string' ? part : part(data)
    return text
  }
}

/** Holes that name no field, for `checkParams`. */
export function templateProblems(template: string, param: string): Omit<Problem, 'node'>[] {
  return template
    .split(HOLE)
    .filter((_, index) => index % 2 === 1)
    .map(hole => hole.trim())
    .filter(path => !fieldsByPath.has(path) && !openRoots.some(root => path.startsWith(root)))
    .map(path => ({
      code: 'UNKNOWN_FIELD',
      severity: 'error',
      param,
      message: {
        zh: `模板里的「${path}」不是字段，例如 {order.orderId}`,
        en: `"${path}" in the template is no field; try {order.orderId}`,
      },
    }))
}

function holeReader(path: string): (data: RunData) => string {
  const read = pathReader(path.split('.'))
  if (path === 'order.items') return data => itemWords(data.order?.items ?? [])
  // Every warehouse counts here, where other long texts are cut short.
  if (path === 'signal.places') return data => data.signal?.places || NO_VALUE
  const field: FieldSpec | undefined = fieldsByPath.get(path)
  return data => {
    const value = read(data)
    if (value === undefined || value === null || value === '') return NO_VALUE
    const words = formatValue(value, field).zh
    return isFreeText(path) ? maskMobiles(words) : words
  }
}

/** `MILK-1×2、MILK-2×1` */
export function itemWords(items: readonly Pick<OrderItem, 'sku' | 'quantity'>[]): string {
  const shown = items.slice(0, 5).map(({ sku, quantity }) => `${sku}×${quantity}`)
  return items.length > 5 ? `${shown.join('、')} 等 ${items.length} 种` : shown.join('、')
}
