import type { FieldSpec } from '../../server/workflow/field.ts'
import { compileLogic } from '../../server/workflow/logic/compile.ts'
import { pathReader } from '../../server/workflow/logic/own.ts'
import { truthy } from '../../server/workflow/logic/values.ts'
import { writeNode } from './model.ts'
import { writeOperand } from './operands.ts'
import type { RuleNode, Subject } from './tree.ts'

/** How a part comes out for the sample: of how many pieces of data (one order, or the entries of its list) it holds. */
export interface Verdict {
  readonly holds: number
  readonly of: number
}

/** Undefined while the part is unfinished, or when there is nothing to try it on, or when it cannot be worked out. */
export function verdictOf(node: RuleNode, samples: readonly unknown[]): Verdict | undefined {
  const rule = writeNode(node)
  if (rule === undefined || samples.length === 0) return undefined
  try {
    const evaluate = compileLogic(rule)
    return { holds: samples.filter(data => truthy(evaluate(data))).length, of: samples.length }
  } catch {
    // A rule of unknown operators has no outcome; the checker says why.
    return undefined
  }
}

/** What the left side of a line really is in a sample; undefined where that cannot be told. */
export function realValue(subject: Subject, data: unknown): unknown {
  try {
    return compileLogic(writeOperand(subject))(data)
  } catch {
    // A sum over something that is no list of numbers has no value to show.
    return undefined
  }
}

/** The entries of a list of the samples, together. */
export function entriesOf(list: string, samples: readonly unknown[]): readonly unknown[] {
  const read = pathReader(list.split('.'))
  return samples.flatMap(data => {
    const entries = read(data)
    return Array.isArray(entries) ? entries : []
  })
}

/** The sample as conditions see it live: instants, which travel as text, are dates again. */
export function revived(data: unknown, fields: readonly FieldSpec[]): unknown {
  let whole = data
  for (const { path, type } of fields) {
    const value = type === 'instant' ? pathReader(path.split('.'))(whole) : undefined
    if (typeof value === 'string') whole = replaced(whole, path.split('.'), new Date(value))
  }
  return whole
}

function replaced(data: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const base = data as Readonly<Record<string, unknown>>
  return { ...base, [key]: replaced(base[key], rest, value) }
}
