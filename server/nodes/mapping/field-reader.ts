import { coercions } from './coerce.ts'
import { Fault, fault } from './fault.ts'
import type { ItemFieldMapping } from './mapping.ts'
import { compileSource, type MappingProblem, type Scope, type ScopeReader } from './scope.ts'
import type { Target } from './targets.ts'
import type { Apply } from './transform.ts'
import { transforms } from './transforms/index.ts'

/** A value of the target's type, undefined where there is none, or a fault. */
export type FieldReader = (scope: Scope) => unknown

type Report = (at: string, code: string, zh: string, en: string) => void

interface Step {
  readonly apply: Apply
  readonly reads: 'each' | 'whole' | 'source'
}

/**
 * Compiles how one field is read: source, transforms, default, type. Problems are reported and give a reader
 * nobody may use.
 */
export function compileField(mapping: ItemFieldMapping, target: Target, report: Report): FieldReader {
  const read = compileFrom(mapping, report)
  const steps = compileSteps(mapping, report)
  const coerce = coercions[target.type]
  const otherwise = mapping.default === undefined ? undefined : coerce(mapping.default)
  if (otherwise instanceof Fault) {
    report(
      'default',
      'BAD_DEFAULT',
      `缺省值不适合「${target.name.zh}」`,
      `The default does not suit "${target.name.en}"`,
    )
  }
  const absent = mapping.required ? fault('MISSING') : undefined
  if (!read && steps[0]?.reads !== 'source' && otherwise === undefined) {
    report(
      'from',
      'NO_SOURCE',
      '请选择来源字段、固定值或缺省值',
      'Choose a source field, a constant or a default',
    )
  }

  return scope => {
    let value = read ? present(read(scope)) : undefined
    for (let i = 0; i < steps.length; i++) {
      value = applyStep(steps[i]!, value, scope)
      if (value instanceof Fault) return value
    }
    if (Array.isArray(value)) value = value.find(entry => present(entry) !== undefined)
    if (value !== undefined) value = coerce(value)
    // Coercion may find that there is no value after all: a date of 0 means "not yet".
    return value === undefined ? (otherwise ?? absent) : value
  }
}

function applyStep({ apply, reads }: Step, value: unknown, scope: Scope): unknown {
  if (value === undefined && reads !== 'source') return undefined
  if (reads === 'each' && Array.isArray(value)) {
    const values: unknown[] = []
    for (const entry of value) {
      const changed = present(entry) === undefined ? undefined : present(apply(entry, scope))
      if (changed instanceof Fault) return changed
      if (changed !== undefined) values.push(changed)
    }
    return values
  }
  return present(apply(value, scope))
}

/** Platforms write "no value" as nothing, null or an empty text. */
function present(value: unknown): unknown {
  return value === null || value === '' ? undefined : value
}

function compileFrom({ from }: ItemFieldMapping, report: Report): ScopeReader | undefined {
  if (from === undefined) return undefined
  const paths = typeof from === 'string' ? [from] : from
  const readers: ScopeReader[] = []
  for (const path of paths) {
    const reader = compileSource(path)
    if (reader) readers.push(reader)
    else report('from', 'BAD_PATH', `读不懂来源路径「${path}」`, `"${path}" is not a source path`)
  }
  if (readers.length <= 1) return readers[0]
  return scope => {
    for (const read of readers) {
      const value = present(read(scope))
      if (value !== undefined && !(Array.isArray(value) && value.length === 0)) return value
    }
    return undefined
  }
}

function compileSteps(mapping: ItemFieldMapping, report: Report): Step[] {
  const steps: Step[] = []
  for (const [index, options] of (mapping.transforms ?? []).entries()) {
    const transform = transforms.get(options.use)
    if (!transform) {
      report(
        `transforms/${index}/use`,
        'UNKNOWN_TRANSFORM',
        `没有转换「${options.use}」`,
        `There is no transform "${options.use}"`,
      )
      continue
    }
    const apply = transform.compile(options)
    if (typeof apply === 'function') steps.push({ apply, reads: transform.reads ?? 'each' })
    else report(`transforms/${index}`, 'BAD_TRANSFORM', apply.zh, apply.en)
  }
  return steps
}

/** Makes a `report` for the part of a mapping at a path. */
export function reporterAt(problems: MappingProblem[], base: string): Report {
  return (at, code, zh, en) => problems.push({ code, at: at ? `${base}/${at}` : base, message: { zh, en } })
}
