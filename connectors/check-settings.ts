import { Ajv, type ValidateFunction } from 'ajv'
import type { Connector } from './connector.ts'

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false })
ajv.addKeyword('ui')
const compiled = new WeakMap<object, ValidateFunction>()

/** What is wrong with a connection's settings, one sentence per fault; empty when nothing is. */
export const settingsProblems = (connector: Connector, settings: unknown): string[] =>
  problemsOf(connector.settings, settings, 'settings')

/** The same of its credentials; a connector without any needs none. */
export const credentialProblems = (connector: Connector, credentials: unknown): string[] =>
  connector.credentials ? problemsOf(connector.credentials, credentials, 'credentials') : []

function problemsOf(schema: object, value: unknown, what: string): string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).map(fault => `${what}${fault.instancePath} ${fault.message ?? ''}`)
}
