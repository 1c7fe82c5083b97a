import { type ItemDraft, newItemDraft } from './draft.ts'
import { Fault } from './fault.ts'
import { compileField, type FieldReader, reporterAt } from './field-reader.ts'
import { checkTargets, type Fill, type Report, sourceOf, targetAt } from './fill.ts'
import { findFault } from './findings.ts'
import type { FieldMapping, ItemFieldMapping } from './mapping.ts'
import { compileSource, type MappingProblem } from './scope.ts'
import { itemTargets } from './targets.ts'

const MAX_ITEMS = 1_000

/** Compiles how the item list is made, entry by entry. */
export function compileItems(field: FieldMapping, report: Report): Fill {
  const list = field.each === undefined ? undefined : compileSource(field.each)
  if (!list)
    report('each', 'BAD_PATH', '请写明明细列表在来源中的位置', 'Say where the item list stands in the source')
  const problems: MappingProblem[] = []
  const itemFields = field.fields ?? []
  const entries = itemFields.map((entry, index) =>
    compileItemField(entry, reporterAt(problems, `fields/${index}`)),
  )
  for (const { at, code, message } of problems) report(at, code, message.zh, message.en)
  checkTargets(itemFields, itemTargets, (at, code, zh, en) =>
    report(at ? `fields/${at}` : 'fields', code, zh, en),
  )

  return (draft, scope, findings) => {
    const found = list?.(scope)
    if (found === undefined || found === null || found === '') return
    if (typeof found !== 'object') return findFault(findings, 'items', 'NOT_A_LIST', field.each)
    // XML turned into JSON writes a list of one as the one itself.
    const rows: readonly unknown[] = Array.isArray(found) ? found : [found]
    if (rows.length > MAX_ITEMS) return findFault(findings, 'items', 'TOO_MANY', field.each)
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]
      if (typeof row !== 'object' || row === null || Array.isArray(row))
        findFault(findings, `items/${i}`, 'NOT_AN_OBJECT', field.each)
      scope.entry = row
      const item = newItemDraft()
      for (let f = 0; f < entries.length; f++) {
        const { key, read, from } = entries[f]!
        const value = read(scope)
        if (value instanceof Fault) findFault(findings, `items/${i}/${key}`, value.code, from)
        else if (value !== undefined) item[key] = value
      }
      draft.items.push(item)
    }
    scope.entry = scope.root
  }
}

interface ItemField {
  readonly key: keyof ItemDraft
  readonly read: FieldReader
  readonly from?: string
}

function compileItemField(field: ItemFieldMapping, report: Report): ItemField {
  const target = targetAt(itemTargets, field.to)
  const key = field.to as keyof ItemDraft
  if (target) return { key, read: compileField(field, target, report), from: sourceOf(field) }
  report('to', 'UNKNOWN_FIELD', `商品明细没有字段「${field.to}」`, `An item has no field "${field.to}"`)
  return { key, read: () => undefined }
}
