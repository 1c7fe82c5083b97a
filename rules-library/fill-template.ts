import { Ajv } from 'ajv'
import { isRecord } from '../server/workflow/param-parts.ts'
import { formatMoney } from '../server/workflow/words.ts'
import type { WorkflowGraph } from '../server/workflow/workflow.ts'
import type { WorkflowTemplate } from './template.ts'

/** `{{name}}`, `{{list.field}}`, either of them times a number: `{{hours*60}}`. */
const HOLE = /\{\{(\w+)(?:\.(\w+))?(?:\*(\d+))?\}\}/g
const WHOLE_HOLE = new RegExp(`^${HOLE.source}$`)
/** The number of an entry in its list, counted from 1. */
const NTH = 'nth'

type Fillable = Pick<WorkflowTemplate, 'id' | 'parameters' | 'workflow'>

/** The values in sight: those of the parameters, and the entries of the lists that are being gone through. */
interface Scope {
  readonly template: Fillable
  readonly values: Readonly<Record<string, unknown>>
  readonly entries: Readonly<Record<string, unknown>>
}

/**
 * The drawing of a template with its parameters filled in. A parameter that is neither given nor has a default
 * leaves its place out.
 * @throws {Error} naming every parameter whose value does not fit its schema
 */
export function fillTemplate(
  template: Fillable,
  values: Readonly<Record<string, unknown>> = {},
): WorkflowGraph {
  const filled: Record<string, unknown> = structuredClone(values)
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strictSchema: true, keywords: ['ui'] })
  if (!ajv.validate(template.parameters, filled))
    throw new Error(`Template ${template.id}: ${ajv.errorsText(ajv.errors, { dataVar: 'parameters' })}`)
  return fillPart(template.workflow, { template, values: filled, entries: {} }) as WorkflowGraph
}

/** The drawing as it is shown before anyone has filled the form in: with the values of its first case. */
export function previewOf(template: WorkflowTemplate): WorkflowGraph {
  return fillTemplate(template, template.cases[0]?.parameters)
}

function fillPart(part: unknown, scope: Scope): unknown {
  if (typeof part === 'string') return fillText(part, scope)
  if (Array.isArray(part)) return part.flatMap(each => fillEntry(each, scope))
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(
    Object.entries(part)
      .map(([key, each]) => [key, fillPart(each, scope)] as const)
      .filter(([, each]) => each !== undefined),
  )
}

function fillText(text: string, scope: Scope): unknown {
  const whole = WHOLE_HOLE.exec(text)
  if (whole) return holeValue(whole, scope)
  return text.replace(HOLE, (...hole: (string | undefined)[]) => wordsOf(hole, scope))
}

/** An entry of a list of the drawing: it may stand for one part per entry of a parameter, or for none. */
function fillEntry(part: unknown, scope: Scope): unknown[] {
  if (isRecord(part) && typeof part.forEach === 'string') {
    const { forEach: name } = part
    const list = scope.values[name]
    if (!Array.isArray(list)) throw new Error(`Template ${scope.template.id}: ${name} is no list`)
    return list.flatMap((entry: unknown, index) => {
      const numbered = { ...(isRecord(entry) ? entry : {}), [NTH]: index + 1 }
      return fillEntry(part.part, { ...scope, entries: { ...scope.entries, [name]: numbered } })
    })
  }
  const filled = fillPart(part, scope)
  if (filled === undefined) return []
  // A list that stands alone in a list brings its entries: a list in it is never what a drawing means.
  return Array.isArray(filled) && typeof part === 'string' ? filled : [filled]
}

type Hole = readonly (string | undefined)[]

function holeValue([, name = '', field, times]: Hole, { values, entries }: Scope): unknown {
  const from = field === undefined ? values : entries[name]
  const key = field ?? name
  const value = isRecord(from) && Object.hasOwn(from, key) ? from[key] : undefined
  return times !== undefined && typeof value === 'number' ? value * Number(times) : value
}

/** A value within a text, as people read it: money in yuan, a list in a row. */
function wordsOf(hole: Hole, scope: Scope): string {
  const value = holeValue(hole, scope)
  if (typeof value === 'number' && isMoney(hole, scope.template.parameters)) return formatMoney(value)
  return Array.isArray(value) ? value.join('、') : String(value ?? '')
}

function isMoney([, name = '', field]: Hole, parameters: unknown): boolean {
  const ofName = at(at(parameters, 'properties'), name)
  const schema = field === undefined ? ofName : at(at(at(ofName, 'items'), 'properties'), field)
  return at(at(schema, 'ui'), 'as') === 'money'
}

function at(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
