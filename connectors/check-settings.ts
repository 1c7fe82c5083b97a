import { Ajv, type ValidateFunction } from 'ajv'
import type { Connector } from './connector.ts'

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false })
ajv.addKeyword('ui')
const compiled = new WeakMap<object, ValidateFunction>()

/** One thing wrong with settings or credentials. */
export interface SettingProblem {
  /** `settings/gateway` */
  readonly field: string
  readonly code: 'MISSING' | 'UNKNOWN' | 'INVALID'
  readonly message: string
}

/** What is wrong with a connection's settings, fault by fault; empty when nothing is. */
export const settingsProblems = (connector: Connector, settings: unknown): SettingProblem[] =>
  problemsOf(connector.settings, settings, 'settings')

/** The same of its credentials; a connector without any needs none. */
export const credentialProblems = (connector: Connector, credentials: unknown): SettingProblem[] =>
  connector.credentials ? problemsOf(connector.credentials, credentials, 'credentials') : []

function problemsOf(schema: object, value: unknown, what: string): SettingProblem[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  if (validate(value)) return []
  return (validate.errors ?? []).map(({ instancePath, keyword, message = '', params }) => {
    const named = params as { readonly missingProperty?: string; readonly additionalProperty?: string }
    const name = named.missingProperty ?? named.additionalProperty
    const field = `${what}${instancePath}${name === undefined ? '' : `/${name}`}`
    const code =
      keyword === 'required' ? 'MISSING' : keyword === 'additionalProperties' ? 'UNKNOWN' : 'INVALID'
    return { field, code, message: `${field} ${message}` }
  })
}

/** All of them in one line. */
export const problemLine = (problems: readonly SettingProblem[]): string =>
  problems.map(({ message }) => message).join('; ')
