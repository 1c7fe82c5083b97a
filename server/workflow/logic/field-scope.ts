import type { FieldSpec, FieldType } from '../field.ts'
import { operationOf } from './operation.ts'
import { splitPath } from './own.ts'

/** The fields a part of a rule sees: those of the run, or inside a loop those of one entry. */
export interface FieldScope {
  readonly fields: readonly FieldSpec[]
  /** What the empty path is here. */
  readonly self: FieldType | 'any'
  /** True where the shape is not known: any path may be read. */
  readonly isOpen: boolean
}

/** What stands at a path. `field` is its description where it is one of the fields itself. */
export interface Found {
  readonly type: FieldType | 'any'
  readonly field?: FieldSpec
}

export function rootScope(fields: readonly FieldSpec[]): FieldScope {
  return { fields, self: 'object', isOpen: false }
}

const UNKNOWN_ENTRY: FieldScope = { fields: [], self: 'any', isOpen: true }

/** Finds a path among the fields of a scope; undefined where there is no such thing. */
export function findField(path: string, scope: FieldScope): Found | undefined {
  if (path === '') return { type: scope.self }
  const exact = scope.fields.find(field => field.path === path)
  if (exact) return { type: exact.open ? 'any' : exact.type, field: exact }
  const above = scope.fields.find(field => path.startsWith(`${field.path}.`))
  if (above) return findBelow(path.slice(above.path.length + 1), above)
  if (scope.fields.some(field => field.path.startsWith(`${path}.`))) return { type: 'object' }
  return scope.isOpen ? { type: 'any' } : undefined
}

function findBelow(rest: string, { type, open, entry }: FieldSpec): Found | undefined {
  if (open || type === 'object') return { type: 'any' }
  if (rest === 'length' && (type === 'list' || type === 'string')) return { type: 'number' }
  const inEntry = /^\d+(?:\.(.+))?$/.exec(rest)
  if (type !== 'list' || !inEntry) return undefined
  return findField(inEntry[1] ?? '', entryScope(entry))
}

/** The scope of a loop's body over the list its first argument gives. */
export function scopeInLoop(loop: string, source: unknown, scope: FieldScope): FieldScope {
  const entry = entryScope(listField(source, scope)?.entry)
  if (loop !== 'reduce') return entry
  const current = entry.isOpen
    ? [open('current')]
    : entry.fields.map(field => ({ ...field, path: `current.${field.path}` }))
  return { fields: [...current, open('accumulator')], self: 'object', isOpen: false }
}

/** The list field a part gives: read by `var`, also when filtered first. */
export function listField(source: unknown, scope: FieldScope): FieldSpec | undefined {
  const operation = operationOf(source)
  if (operation?.name === 'filter') return listField(operation.args[0], scope)
  const path = constantPath(source)
  return path === undefined ? undefined : findField(path, scope)?.field
}

/** The path of a `var` that names it outright; undefined for anything else. */
export function constantPath(rule: unknown): string | undefined {
  const operation = operationOf(rule)
  const path = operation?.args[0]
  if (operation?.name !== 'var' || (typeof path === 'object' && path !== null)) return undefined
  return splitPath(path).join('.')
}

function entryScope(entry: readonly FieldSpec[] | undefined): FieldScope {
  return entry ? { fields: entry, self: 'object', isOpen: false } : UNKNOWN_ENTRY
}

function open(path: string): FieldSpec {
  return { path, type: 'object', name: { zh: path, en: path }, open: true }
}
