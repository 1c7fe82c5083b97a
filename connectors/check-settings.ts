import { Ajv, type ValidateFunction } from 'ajv'
import type { Connector } from './connector.ts'

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false })
ajv.addKeyword('ui')
const compiled = new Map<string, ValidateFunction>()

/** What is wrong with a connection's settings, one sentence per fault; empty when nothing is. */
export function settingsProblems(connector: Connector, settings: unknown): string[] {
  const validate = compiled.get(connector.id) ?? ajv.compile(connector.settings)
  compiled.set(connector.id, validate)
  if (validate(settings)) return []
  return (validate.errors ?? []).map(fault => `settings${fault.instancePath} ${fault.message ?? ''}`)
}
