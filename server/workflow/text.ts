/** A text in the product's two languages; Chinese is what most users read. */
export interface Text {
  readonly zh: string
  readonly en: string
}

export type Language = keyof Text

/**
 * Fills the holes of a sentence: `fill('库存 ≥ {qty}', { qty: 2 })` → `库存 ≥ 2`.
 * A hole without a value reads as `—`, so that a sentence never shows `undefined`.
 */
export function fill(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{([\w.|]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return value === undefined || value === null || value === '' ? '—' : String(value)
  })
}
