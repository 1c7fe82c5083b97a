import type { Document } from 'bson'
import { isDocument, isNumeric, isTruthy } from '../bson/document.ts'
import type { RawValue } from '../bson/raw.ts'
import { locationError } from '../errors.ts'
import { elemMatchProjection, sliceProjection } from './array-projection.ts'

/** What becomes of a value: kept as it is, dropped, changed (undefined: dropped), or projected itself. */
export type Rule = 'keep' | 'drop' | Transform | ProjectionTree
export type Transform = (value: RawValue) => RawValue | undefined

/** Rules by field name, and what becomes of the fields without one. */
export interface ProjectionTree {
  readonly rules: Map<string, Rule>
  others: 'keep' | 'drop'
}

/** A parsed projection. */
interface ProjectionSpec {
  readonly tree: ProjectionTree
  /** Path of the array of which only the matched element is kept, from `path.$`. */
  positional?: string
  /** Fields computed by aggregation expressions, in the order given. */
  readonly computed: { path: string; expression: unknown }[]
}

type Kind = 'inclusion' | 'exclusion'

interface Entry {
  readonly path: string
  readonly value: unknown
}

/** Parses `$project`, where operators and strings are expressions throughout. */
export function parseStageProjection(spec: Document): ProjectionSpec {
  const entries = flattened(spec)
  const kind = kindOf(entries, true)
  const parsed = emptySpec(kind)
  for (const { path, value } of entries)
    if (isFlag(value)) addFlag(parsed, kind, path, value)
    else addComputed(parsed, kind, path, value)
  return parsed
}

/** Parses the projection of find; throws MongoError with MongoDB's codes for what it refuses. */
export function parseProjection(spec: Document): ProjectionSpec {
  const entries = flattened(spec)
  const kind = kindOf(entries, false)
  if (entries.some(isPositional) && entries.some(({ value }) => isOperator(value, '$elemMatch')))
    throw locationError(31255, 'Cannot specify both positional operator and $elemMatch.')
  const parsed = emptySpec(kind)
  for (const { path, value } of entries) addEntry(parsed, kind, path, value)
  return parsed
}

function emptySpec(kind: Kind): ProjectionSpec {
  const rules = new Map<string, Rule>(kind === 'inclusion' ? [['_id', 'keep']] : [])
  return { tree: { rules, others: othersOf(kind) }, computed: [] }
}

function addEntry(parsed: ProjectionSpec, kind: Kind, path: string, value: unknown): void {
  if (path.endsWith('.$')) {
    addPositional(parsed, kind, path.slice(0, -2))
  } else if (isFlag(value)) {
    addFlag(parsed, kind, path, value)
  } else if (isFindSlice(value)) {
    place(parsed.tree, path, sliceProjection(value.$slice), kind)
  } else if (isOperator(value, '$elemMatch')) {
    refuseMix(kind, path, true)
    place(parsed.tree, path, elemMatchProjection(path, value.$elemMatch), kind)
  } else if (isOperator(value, '$meta')) {
    throw locationError(17308, `$meta is not supported by the embedded store`)
  } else {
    addComputed(parsed, kind, path, value)
  }
}

function addFlag(parsed: ProjectionSpec, kind: Kind, path: string, value: unknown): void {
  refuseMix(kind, path, isTruthy(value))
  place(parsed.tree, path, isTruthy(value) ? 'keep' : 'drop', kind)
}

/** A computed field replaces the stored one, so that is dropped. */
function addComputed(parsed: ProjectionSpec, kind: Kind, path: string, expression: unknown): void {
  refuseMix(kind, path, true)
  place(parsed.tree, path, 'drop', kind)
  parsed.computed.push({ path, expression })
}

function addPositional(parsed: ProjectionSpec, kind: Kind, path: string): void {
  if (kind === 'exclusion') throw locationError(31395, 'positional projection cannot be used with exclusion')
  if (parsed.positional !== undefined)
    throw locationError(31276, 'Cannot specify more than one positional projection per query.')
  parsed.positional = path
  place(parsed.tree, path, 'keep', kind)
}

/** Puts a rule at a dotted path; throws where another rule lies on the way, behind, or in the same place. */
function place(tree: ProjectionTree, path: string, rule: Rule, kind: Kind): void {
  const segments = path.split('.')
  let node = tree
  segments.slice(0, -1).forEach((segment, depth) => {
    const existing = node.rules.get(segment)
    if (existing !== undefined && !isTree(existing) && !isImpliedId(segments, depth))
      throw locationError(
        31249,
        `Path collision at ${path} remaining portion ${segments.slice(depth + 1).join('.')}`,
      )
    const next: ProjectionTree = isTree(existing) ? existing : { rules: new Map(), others: othersOf(kind) }
    node.rules.set(segment, next)
    node = next
  })
  const last = segments.at(-1)!
  if (node.rules.has(last) && path !== '_id') throw locationError(31250, `Path collision at ${path}`)
  node.rules.set(last, rule)
}

function othersOf(kind: Kind): 'keep' | 'drop' {
  return kind === 'inclusion' ? 'drop' : 'keep'
}

/** `_id` is included without being named, which must not collide with a path inside it. */
function isImpliedId(segments: readonly string[], depth: number): boolean {
  return depth === 0 && segments[0] === '_id'
}

/** Nested documents as dotted paths. */
function flattened(spec: Document, prefix = ''): Entry[] {
  return Object.entries(spec).flatMap(([name, value]) => {
    const path = prefix + name
    refuseBadPath(path)
    const isNested = isDocument(value) && !Object.keys(value).some(key => key.startsWith('$'))
    if (!isNested) return [{ path, value }]
    if (Object.keys(value).length === 0)
      throw locationError(51270, 'An empty sub-projection is not a valid value. Found empty object at path')
    return flattened(value, `${path}.`)
  })
}

function refuseBadPath(path: string): void {
  const segments = path.split('.')
  if (segments.includes(''))
    throw locationError(40353, `FieldPath must not contain an empty field name: '${path}'`)
  const positional = segments.indexOf('$')
  if (positional > 0 && positional < segments.length - 1)
    throw locationError(31394, `The positional operator may only be used at the end of a path: ${path}`)
  if (segments.some((segment, i) => segment.startsWith('$') && i !== positional) || positional === 0)
    throw locationError(16410, `FieldPath field names may not start with '$': '${path}'`)
}

/** What the first decisive field says; `_id` decides only alone, `$slice` never. */
function kindOf(entries: readonly Entry[], isStage: boolean): Kind {
  for (const { path, value } of entries) {
    if (path === '_id' && isFlag(value)) continue
    if (!isStage && isFindSlice(value)) continue
    if (path.endsWith('.$') || !isFlag(value)) return 'inclusion'
    return isTruthy(value) ? 'inclusion' : 'exclusion'
  }
  const id = entries.find(({ path }) => path === '_id')
  return id && isTruthy(id.value) ? 'inclusion' : 'exclusion'
}

function refuseMix(kind: Kind, path: string, including: boolean): void {
  if (path === '_id') return
  if (kind === 'exclusion' && including)
    throw locationError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
  if (kind === 'inclusion' && !including)
    throw locationError(31254, `Cannot do exclusion on field ${path} in inclusion projection`)
}

function isPositional({ path }: Entry): boolean {
  return path.endsWith('.$')
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean' || isNumeric(value)
}

function isOperator<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return isDocument(value) && Object.keys(value)[0] === name
}

/** The aggregation operator of the same name takes the array as its first argument, and is an expression. */
function isFindSlice(value: unknown): value is { $slice: unknown } {
  if (!isOperator(value, '$slice')) return false
  return !Array.isArray(value.$slice) || isNumeric(value.$slice[0])
}

function isTree(rule: Rule | undefined): rule is ProjectionTree {
  return typeof rule === 'object'
}
