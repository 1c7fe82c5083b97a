import { isDocument } from '../bson/document.ts'
import { locationError } from '../errors.ts'
import { projectDocument } from '../query/projection.ts'
import { parseStageProjection } from '../query/projection-spec.ts'
import { type ComputedField, computeFields } from './compute-fields.ts'
import type { CompileStage } from './stage.ts'

/** `$project`: fields to keep or to drop, and fields computed by expressions. */
export const project: CompileStage = (operand, { variables }) => {
  if (!isDocument(operand)) throw locationError(15969, '$project specification must be an object')
  if (Object.keys(operand).length === 0)
    throw locationError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    )
  const { tree, computed } = parseStageProjection(operand)
  const compute = computeFields(computed, variables)
  return function* (documents) {
    for (const raw of documents) yield compute(projectDocument(raw, tree), { raw })
  }
}

/** `$addFields` and `$set`; a nested document adds its fields to the one that is there. */
export const addFields: CompileStage = (operand, { variables }) => {
  if (!isDocument(operand)) throw locationError(40272, '$addFields specification stage must be an object')
  const compute = computeFields(flattened(operand), variables)
  return function* (documents) {
    for (const raw of documents) yield compute(raw, { raw })
  }
}

/** `$unset`: one path or a list of them. */
export const unset: CompileStage = (operand, context) => {
  const paths = Array.isArray(operand) ? operand : [operand]
  if (paths.length === 0 || !paths.every(path => typeof path === 'string' && path !== ''))
    throw locationError(
      31002,
      '$unset specification must be a string or an array containing only string values',
    )
  return project(Object.fromEntries(paths.map(path => [path, false])), context)
}

function flattened(fields: Record<string, unknown>, prefix = ''): ComputedField[] {
  return Object.entries(fields).flatMap(([name, expression]) => {
    const path = prefix + name
    const isNested =
      isDocument(expression) &&
      Object.keys(expression).length > 0 &&
      !Object.keys(expression)[0]!.startsWith('$')
    return isNested ? flattened(expression, `${path}.`) : [{ path, expression }]
  })
}
