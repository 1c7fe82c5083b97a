import type { TSchema } from 'typebox'
import { schemaFaults } from '../../workflow/check/schema-faults.ts'
import type { Text } from '../../workflow/text.ts'
import type { FieldProblem } from '../../world/world.ts'
import type { RunEvent } from '../node-type.ts'
import { compileMapping, type Mapped } from './compile.ts'
import { Fault, fieldProblem } from './fault.ts'
import { compileField, type FieldReader, reporterAt } from './field-reader.ts'
import { sourceOf, targetAt } from './fill.ts'
import { FieldMapping, ItemFieldMapping, Mapping } from './mapping.ts'
import { compileSource, type MappingProblem, type Scope } from './scope.ts'
import { itemTargets, orderTargets, type Target } from './targets.ts'

/** What one field makes of a document: a value of its type (instants are Dates), a fault in words, or neither. */
export interface TriedValue {
  readonly value?: unknown
  readonly fault?: Text
}

export type TriedValues = Readonly<Record<string, TriedValue>>

export interface Tried {
  readonly values: TriedValues
  /** The first entries of the item list, field by field; absent where no list is mapped. */
  readonly items?: { readonly count: number; readonly rows: readonly TriedValues[] }
  /** Absent as long as the mapping itself has problems. */
  readonly mapped?: Mapped
}

export interface MappingTrial {
  /** What is wrong with the mapping, whatever the document. */
  readonly problems: readonly MappingProblem[]
  readonly run: (source: unknown, event: RunEvent) => Tried
}

const SHOWN_ROWS = 3

interface TrialField {
  readonly to: string
  readonly read: FieldReader
  readonly from: string | undefined
}

/**
 * A mapping that may still be in the making, ready to be tried: every field that can be read is, whatever is
 * wrong with the others. What it reads is what the finished mapping will read.
 */
export function trialOf(
  fields: readonly unknown[],
  negativeQuantity?: Mapping['negativeQuantity'],
): MappingTrial {
  const problems: MappingProblem[] = []
  const readers: TrialField[] = []
  let items: { each: string; readers: TrialField[] } | undefined
  for (const [index, field] of fields.entries()) {
    const at = `fields/${index}`
    // The entries of an item list are checked one by one, and so not as a part of it.
    const entries = isObject(field) ? field.fields : undefined
    const own = isObject(field) ? withoutFields(field) : field
    if (!hasShape(FieldMapping, own, at, problems)) continue
    if (own.to !== 'items') pushReader(readers, own, orderTargets, at, problems)
    else if (typeof own.each === 'string') {
      items ??= { each: own.each, readers: [] }
      for (const [row, entry] of (Array.isArray(entries) ? (entries as unknown[]) : []).entries()) {
        const place = `${at}/fields/${row}`
        if (hasShape(ItemFieldMapping, entry, place, problems))
          pushReader(items.readers, entry, itemTargets, place, problems)
      }
    }
  }
  const mapping = { fields, ...(negativeQuantity ? { negativeQuantity } : {}) }
  const whole = problems.length === 0 && isMapping(mapping) ? compileMapping(mapping) : undefined
  const list = items && compileSource(items.each)
  const rowReaders = items?.readers ?? []

  return {
    problems: problems.length > 0 ? problems : (whole?.problems ?? missingFields(fields)),
    run(source, event) {
      const scope: Scope = { root: source, entry: source }
      const values = readAll(readers, scope, '')
      const found = list?.(scope)
      const rows: readonly unknown[] = Array.isArray(found) ? found : isObject(found) ? [found] : []
      return {
        values,
        ...(list
          ? {
              items: {
                count: rows.length,
                rows: rows
                  .slice(0, SHOWN_ROWS)
                  .map((entry, row) => readAll(rowReaders, { root: source, entry }, `items/${row}/`)),
              },
            }
          : {}),
        ...(whole?.map ? { mapped: whole.map(source, event) } : {}),
      }
    },
  }
}

function readAll(fields: readonly TrialField[], scope: Scope, base: string): TriedValues {
  const values: Record<string, TriedValue> = {}
  for (const { to, read, from } of fields) {
    const value = read(scope)
    if (value instanceof Fault) {
      const name = (base ? itemTargets : orderTargets)[to]?.name ?? { zh: to, en: to }
      const { message, messageEn }: FieldProblem = fieldProblem(base + to, name, value.code, from)
      values[to] = { fault: { zh: message, en: messageEn } }
    } else if (value !== undefined) values[to] = { value }
  }
  return values
}

function pushReader(
  readers: TrialField[],
  field: ItemFieldMapping,
  targets: Readonly<Record<string, Target>>,
  at: string,
  problems: MappingProblem[],
): void {
  const target = targetAt(targets, field.to)
  // A field the order does not have is named when the whole mapping is compiled.
  if (!target) return
  const own: MappingProblem[] = []
  const read = compileField(field, target, reporterAt(own, at))
  problems.push(...own)
  if (own.length === 0) readers.push({ to: field.to, read, from: sourceOf(field) })
}

function hasShape(
  schema: typeof FieldMapping,
  value: unknown,
  at: string,
  problems: MappingProblem[],
): value is FieldMapping
function hasShape(
  schema: typeof ItemFieldMapping,
  value: unknown,
  at: string,
  problems: MappingProblem[],
): value is ItemFieldMapping
function hasShape(schema: TSchema, value: unknown, at: string, problems: MappingProblem[]): boolean {
  const faults = schemaFaults(schema, value)
  for (const { path, message } of faults)
    problems.push({ code: 'BAD_PARAM', at: path ? `${at}/${path}` : at, message })
  return faults.length === 0
}

function withoutFields(field: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(field).filter(([key]) => key !== 'fields'))
}

function isMapping(value: unknown): value is Mapping {
  return schemaFaults(Mapping, value).length === 0
}

/** A mapping without any field has no shape to be compiled, yet what it lacks can be said. */
function missingFields(fields: readonly unknown[]): readonly MappingProblem[] {
  return fields.length > 0 ? [] : compileMapping({ fields: [] }).problems
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
