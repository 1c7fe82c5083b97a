import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'

const options = {
  strict: true,
  strictTypes: false,
  strictRequired: false,
  // Every problem of a request is named at once. Schemas here are ours and their arrays bounded.
  allErrors: true,
  removeAdditional: false,
  useDefaults: true,
} as const

function ajvWith(coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ ...options, coerceTypes })
  ajv.addKeyword('ui')
  // CommonJS default export: the function itself under Node, a namespace to the type checker.
  ;(addFormats as unknown as (target: Ajv) => void)(ajv)
  return ajv
}

/** Bodies are taken as they are; only what stands in an address is text that has to become a number. */
export function makeValidatorCompiler(): FastifySchemaCompiler<TSchema> {
  const exact = ajvWith(false)
  const coercing = ajvWith(true)
  return ({ schema, httpPart }) =>
    (httpPart === 'querystring' || httpPart === 'params' || httpPart === 'headers'
      ? coercing
      : exact
    ).compile(schema)
}
