import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { TSchema } from 'typebox'
import { isRecord, type SchemaPart } from '../param-parts.ts'
import type { Text } from '../text.ts'
import { faultWords } from './schema-words.ts'

/** One place where a value is not what its schema asks for. */
interface SchemaFault {
  /** `rows/0/when`; the missing or superfluous property itself where that is the fault. */
  readonly path: string
  readonly message: Text
}

// More than anyone mends at one go, and few enough to be compared with one another.
const MOST_ERRORS = 200

let ajv: Ajv | undefined
const validators = new WeakMap<object, ValidateFunction>()

/** All faults of a value by its schema, each place once. A schema is compiled on first use and kept. */
export function schemaFaults(schema: TSchema, value: unknown): readonly SchemaFault[] {
  const validate = validatorOf(schema)
  if (validate(value)) return []
  const faults = new Map<string, SchemaFault>()
  for (const error of tellingErrors((validate.errors ?? []).slice(0, MOST_ERRORS))) {
    const path = pathOf(error)
    if (!faults.has(path)) faults.set(path, { path, message: faultWords(error, path) })
  }
  return [...faults.values()]
}

function validatorOf(schema: TSchema): ValidateFunction {
  const known = validators.get(schema)
  if (known) return known
  // Made on first use: Ajv generates code, which a page's content policy may forbid even where nothing is checked.
  ajv ??= newAjv()
  const validate = ajv.compile(closed(schema as SchemaPart))
  validators.set(schema, validate)
  return validate
}

function newAjv(): Ajv {
  const made = new Ajv({
    allErrors: true,
    verbose: true,
    // An unknown keyword is a typing error in a node type and must be loud; the finer strictness is about taste.
    strictTypes: false,
    strictTuples: false,
    keywords: ['ui'],
  })
  addFormats(made)
  return made
}

/** Params a node type does not know are refused, also where its schema forgot to say so. */
function closed(schema: SchemaPart): SchemaPart {
  const isOpen = schema.type === 'object' && schema.additionalProperties === undefined
  return isOpen && !isRecord(schema.patternProperties) ? { ...schema, additionalProperties: false } : schema
}

/**
 * Of alternatives Ajv reports the faults of every one. Told are those of the alternative that was meant (the
 * one whose constants fit), or else that none fits.
 */
function tellingErrors(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const choices = errors
    .filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
    .map(choice => ({ choice, meant: meantBranch(choice, errors) }))
  return errors.filter(error =>
    choices.every(({ choice, meant }) => {
      if (error === choice) return meant === undefined
      const isInside = isBelow(error, choice)
      return !isInside || (meant !== undefined && isBelow(error, choice, meant))
    }),
  )
}

/** Whether an error comes from one of the alternatives of a choice, or from the given one. */
function isBelow(error: ErrorObject, choice: ErrorObject, branch?: number): boolean {
  const path = branch === undefined ? `${choice.schemaPath}/` : `${choice.schemaPath}/${branch}/`
  return error.schemaPath.startsWith(path) && error.instancePath.startsWith(choice.instancePath)
}

/** The number of the alternative that fits in kind and in its constants; undefined unless exactly one does. */
function meantBranch(choice: ErrorObject, errors: readonly ErrorObject[]): number | undefined {
  const branches = Array.isArray(choice.schema) ? choice.schema : []
  const fitting = branches.flatMap((_, index) => {
    const inside = errors.filter(error => isBelow(error, choice, index))
    const isOther = inside.some(
      error =>
        error.keyword === 'const' || (error.keyword === 'type' && error.instancePath === choice.instancePath),
    )
    return isOther ? [] : [index]
  })
  return fitting.length === 1 ? fitting[0] : undefined
}

function pathOf({ instancePath, params }: ErrorObject): string {
  const property: unknown = params.missingProperty ?? params.additionalProperty
  const keys = instancePath
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return [...keys, ...(typeof property === 'string' ? [property] : [])].join('/')
}
