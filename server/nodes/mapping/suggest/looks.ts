import type { ItemFieldMapping } from '../mapping.ts'
import type { MoneyUnits } from './money.ts'
import { shareOf } from './shapes.ts'
import type { SourceFields } from './source-fields.ts'
import { dateOf } from './transforms-for.ts'

/** What the values of one place ask for when a person puts it somewhere by hand. */
export interface Look {
  readonly date?: NonNullable<ItemFieldMapping['transforms']>[number]
  readonly unit?: 'yuan' | 'fen'
}

const MOST_PLACES = 1_000

/** By place as the editor names it: fields of a list as `lines[].price`. Places that ask for nothing are left out. */
export function looksOf(source: SourceFields, unitOf: MoneyUnits): Readonly<Record<string, Look>> {
  const looks: Record<string, Look> = {}
  let places = 0
  const note = (fields: SourceFields, base: string): void => {
    for (const field of fields.fields) {
      const isTime = (shareOf(field.values, 'datetime', 'epoch-seconds', 'epoch-ms') ?? 0) >= 0.5
      const isNumber = (shareOf(field.values, 'decimal', 'integer') ?? 0) >= 0.5
      if ((!isTime && !isNumber) || places++ > MOST_PLACES) continue
      looks[base + field.path] = {
        ...(isTime ? { date: dateOf(field) } : {}),
        ...(isNumber ? { unit: unitOf(field).unit } : {}),
      }
    }
    for (const list of fields.lists) if (list.isList) note(list.fields, `${base}${list.path}[].`)
  }
  note(source, '')
  return looks
}
