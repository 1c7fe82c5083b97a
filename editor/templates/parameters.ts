import type { TSchema } from 'typebox'
import type { NodeManifest } from '../../server/workflow/node-definition.ts'
import { isRecord, paramName } from '../../server/workflow/param-parts.ts'
import type { Problem } from '../../server/workflow/problem.ts'
import type { Text } from '../../server/workflow/text.ts'
import { same } from '../../server/workflow/words.ts'
import type { Template } from '../api/draft-contract.ts'

/** A template as the form of a node sees it, so that its parameters are filled in with the same fields. */
export function asNodeType({ parameters }: Pick<Template, 'parameters'>): Pick<NodeManifest, 'params'> {
  return { params: parameters as unknown as TSchema }
}

/** Values to begin with: what the template takes where nothing else is said. */
export function defaultsOf({ parameters }: Pick<Template, 'parameters'>): Readonly<Record<string, unknown>> {
  const { properties } = parameters
  const defaults = Object.entries(isRecord(properties) ? properties : {}).flatMap(([name, schema]) =>
    isRecord(schema) && schema.default !== undefined ? [[name, schema.default] as const] : [],
  )
  return Object.fromEntries(defaults)
}

/** Whether there is anything to fill in. */
export function hasParameters({ parameters }: Pick<Template, 'parameters'>): boolean {
  return isRecord(parameters.properties) && Object.keys(parameters.properties).length > 0
}

/**
 * Parameters that must be said and are not, each as a problem the form shows at its field.
 * @param say what to tell the person of one, in the language on screen
 */
export function unsaid(
  { parameters }: Pick<Template, 'parameters'>,
  values: Readonly<Record<string, unknown>>,
  say: (name: Text) => string,
): readonly Problem[] {
  const { required, properties } = parameters
  if (!Array.isArray(required) || !isRecord(properties)) return []
  return required.flatMap((param: unknown): Problem[] => {
    if (typeof param !== 'string') return []
    const schema = properties[param]
    const value = values[param] ?? (isRecord(schema) ? schema.default : undefined)
    if (value !== undefined && value !== '') return []
    const name = (isRecord(schema) ? paramName(schema) : undefined) ?? { zh: param, en: param }
    return [{ code: 'PARAM_MISSING', severity: 'error', message: same(say(name)), param }]
  })
}
