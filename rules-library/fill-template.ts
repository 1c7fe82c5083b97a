import { Ajv } from 'ajv'
import type { WorkflowGraph } from '../server/workflow/workflow.ts'
import type { WorkflowTemplate } from './template.ts'

const WHOLE_HOLE = /^\{\{(\w+)\}\}$/
const HOLE = /\{\{(\w+)\}\}/g

/**
 * The drawing of a template with its parameters filled in. A parameter that is neither given nor has a default
 * leaves its place out.
 * @throws {Error} naming every parameter whose value does not fit its schema
 */
export function fillTemplate(
  template: Pick<WorkflowTemplate, 'id' | 'parameters' | 'workflow'>,
  values: Readonly<Record<string, unknown>> = {},
): WorkflowGraph {
  const filled: Record<string, unknown> = { ...values }
  const ajv = new Ajv({ allErrors: true, useDefaults: true, strictSchema: true, keywords: ['ui'] })
  if (!ajv.validate(template.parameters, filled))
    throw new Error(`Template ${template.id}: ${ajv.errorsText(ajv.errors, { dataVar: 'parameters' })}`)
  return fillPart(template.workflow, filled) as WorkflowGraph
}

function fillPart(part: unknown, values: Readonly<Record<string, unknown>>): unknown {
  if (typeof part === 'string') {
    const whole = WHOLE_HOLE.exec(part)?.[1]
    if (whole !== undefined) return parameterOf(whole, values)
    return part.replace(HOLE, (_, name: string) => String(parameterOf(name, values) ?? ''))
  }
  if (Array.isArray(part)) return part.map(each => fillPart(each, values)).filter(each => each !== undefined)
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(
    Object.entries(part)
      .map(([key, each]) => [key, fillPart(each, values)] as const)
      .filter(([, each]) => each !== undefined),
  )
}

function parameterOf(name: string, values: Readonly<Record<string, unknown>>): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined
}
