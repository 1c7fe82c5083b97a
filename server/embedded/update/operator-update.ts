import type { Document } from 'bson'
import { isDocument } from '../bson/document.ts'
import { documentBytes, documentValue, type OpenDocument, openDocument } from '../bson/node.ts'
import { rawOf } from '../bson/raw-value.ts'
import { typeName } from '../bson/types.ts'
import { mongoError } from '../errors.ts'
import { type ArrayFilters, compileArrayFilters } from './array-filters.ts'
import { expandPath } from './expand-path.ts'
import { type Modifier, type ModifierContext, REMOVED } from './modifier.ts'
import { OPERATORS } from './operators.ts'
import {
  compareUpdatePaths,
  identifierOf,
  isPlaceholder,
  parseUpdatePath,
  refuseConflicts,
  refuseMeeting,
  refuseMixedAccess,
  type UpdatePath,
} from './path.ts'
import { nodeAt, removeAt, setAt } from './place.ts'
import { parseRename, rename } from './rename.ts'

/** One thing to do to a document, in each place its path stands for; false where nothing changes. */
interface Step {
  readonly path: UpdatePath
  /** The places in one document, where the path alone does not say. */
  readonly expand?: (root: OpenDocument, context: StepContext) => UpdatePath[]
  readonly apply: (root: OpenDocument, place: UpdatePath, context: StepContext) => boolean
}

interface StepContext extends ModifierContext {
  readonly position: number | undefined
}

/** Compiles an update made of operators into a function that gives the same bytes where nothing changes. */
export function compileOperators(
  update: Document,
  arrayFilters: readonly Document[],
): (raw: Uint8Array, context: StepContext) => Uint8Array {
  const filters = compileArrayFilters(arrayFilters)
  const steps: Step[] = []
  const paths: UpdatePath[] = []
  for (const operator in update) {
    const fields = fieldsOf(operator, update[operator])
    for (const path in fields) {
      const step =
        operator === '$rename'
          ? renaming(path, fields[path], paths)
          : modifying(operator, path, fields[path], filters)
      steps.push(step)
      paths.push(step.path)
    }
  }
  if (paths.length > 1) {
    steps.sort((a, b) => compareUpdatePaths(a.path, b.path))
    refuseConflicts(paths.sort(compareUpdatePaths))
    refuseMixedAccess(paths)
  }
  refuseUnusedFilters(filters, paths, update)
  const isDynamic = steps.some(step => step.expand)
  return (raw, context) => {
    const root = openDocument(documentValue(raw))
    let changed = false
    if (!isDynamic) {
      for (const step of steps) if (step.apply(root, step.path, context)) changed = true
    } else {
      for (const { step, place } of placesOf(steps, root, context))
        if (step.apply(root, place, context)) changed = true
    }
    return changed ? documentBytes(root) : raw
  }
}

/** All places, found before the first of them is changed; throws code 40 where two steps want the same one. */
function placesOf(steps: readonly Step[], root: OpenDocument, context: StepContext) {
  const places = steps.flatMap(step =>
    (step.expand?.(root, context) ?? [step.path]).map(place => ({ step, place })),
  )
  if (places.length > 1) refuseMeeting(places.map(({ place }) => place))
  return places
}

function fieldsOf(operator: string, fields: unknown): Document {
  if (operator !== '$rename' && !Object.hasOwn(OPERATORS, operator))
    throw mongoError(
      'FailedToParse',
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    )
  if (isDocument(fields)) return fields
  throw mongoError(
    'FailedToParse',
    `Modifiers operate on fields but we found type ${typeName(rawOf(fields).type)} instead. For example: ` +
      `{$mod: {<field>: ...}} not {${operator}: ${fields}}`,
  )
}

function renaming(from: string, to: unknown, paths: UpdatePath[]): Step {
  const parsed = parseRename(from, to)
  paths.push(parsed.from)
  return {
    path: parsed.to,
    apply(root, _place, context) {
      return rename(root, parsed.from, parsed.to, context)
    },
  }
}

function modifying(operator: string, name: string, operand: unknown, filters: ArrayFilters): Step {
  const path = parseUpdatePath(name)
  const modifier = OPERATORS[operator]!(operand, name)
  const step: Step = {
    path,
    apply(root, place, context) {
      return modify(root, place, modifier, context)
    },
  }
  if (!path.some(isPlaceholder)) return step
  refuseUnknownIdentifiers(path, filters)
  return {
    ...step,
    expand(root, context) {
      return expandPath(root, path, context.position, filters)
    },
  }
}

function modify(root: OpenDocument, path: UpdatePath, modifier: Modifier, context: ModifierContext): boolean {
  const outcome = modifier(nodeAt(root, path), path, context)
  if (outcome === undefined) return false
  if (outcome === REMOVED) removeAt(root, path)
  else setAt(root, path, outcome)
  return true
}

function refuseUnknownIdentifiers(path: UpdatePath, filters: ArrayFilters): void {
  for (const segment of path) {
    const identifier = isPlaceholder(segment) ? identifierOf(segment) : ''
    if (identifier !== '' && !filters.has(identifier))
      throw mongoError(
        'BadValue',
        `No array filter found for identifier '${identifier}' in path '${path.join('.')}'`,
      )
  }
}

function refuseUnusedFilters(filters: ArrayFilters, paths: readonly UpdatePath[], update: Document): void {
  for (const identifier of filters.keys())
    if (!paths.some(path => path.includes(`$[${identifier}]`)))
      throw mongoError(
        'FailedToParse',
        `The array filter for identifier '${identifier}' was not used in the update ${JSON.stringify(update)}`,
      )
}
