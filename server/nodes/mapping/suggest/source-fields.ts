/** A place in source documents that holds single values, with what stood there. */
export interface SourceField {
  /** As a mapping writes it; relative to the entry for fields of a list. */
  readonly path: string
  readonly key: string
  /** Keys on the way to it, outermost first. */
  readonly above: readonly string[]
  /** Values of all documents, null and absent ones left out. */
  readonly values: unknown[]
}

/** A place that holds entries: a list of objects, or an object that may be a list of one. */
export interface SourceList {
  readonly path: string
  readonly key: string
  readonly above: readonly string[]
  readonly isList: boolean
  readonly fields: SourceFields
}

export interface SourceFields {
  readonly fields: readonly SourceField[]
  readonly lists: readonly SourceList[]
}

const MOST_FIELDS = 1_000
const MOST_LISTS = 200
const MOST_DEPTH = 12
const MOST_ENTRIES = 50
const MOST_VALUES = 50

interface Places {
  readonly fields: Map<string, SourceField>
  readonly lists: Map<string, { key: string; above: readonly string[]; isList: boolean; places: Places }>
}

/** All places of the documents that hold values, by their paths. Values below a list belong to the list. */
export function sourceFields(documents: readonly unknown[]): SourceFields {
  const places = newPlaces()
  for (const document of documents) walk(document, '', [], places, 0)
  return finished(places)
}

/** Those of the document and of all its lists. */
export function allFields(source: SourceFields): readonly SourceField[] {
  return [...source.fields, ...source.lists.flatMap(list => (list.isList ? allFields(list.fields) : []))]
}

const newPlaces = (): Places => ({ fields: new Map(), lists: new Map() })

function finished({ fields, lists }: Places): SourceFields {
  return {
    fields: [...fields.values()],
    lists: [...lists].map(([path, { key, above, isList, places }]) => {
      return { path, key, above, isList, fields: finished(places) }
    }),
  }
}

function walk(value: unknown, path: string, keys: readonly string[], places: Places, depth: number): void {
  if (depth > MOST_DEPTH || places.fields.size > MOST_FIELDS) return
  if (Array.isArray(value)) {
    const entries = value.filter(isRecord).slice(0, MOST_ENTRIES)
    if (entries.length > 0 && path !== '')
      for (const entry of entries) enter(entry, path, keys, places, true, depth)
    else if (path !== '')
      for (const each of value.slice(0, MOST_VALUES)) note(each, `${path}[]`, keys, places)
    return
  }
  if (!isRecord(value)) {
    note(value, path, keys, places)
    return
  }
  if (path !== '') enter(value, path, keys, places, false, depth)
  for (const [key, below] of Object.entries(value)) {
    const name = segment(key)
    if (name === undefined) continue
    walk(
      below,
      path === '' || name.startsWith('[') ? path + name : `${path}.${name}`,
      [...keys, key],
      places,
      depth + 1,
    )
  }
}

function enter(
  entry: object,
  path: string,
  keys: readonly string[],
  places: Places,
  isList: boolean,
  depth: number,
): void {
  let list = places.lists.get(path)
  if (!list) {
    if (places.lists.size >= MOST_LISTS) return
    list = { key: keys.at(-1) ?? '', above: keys.slice(0, -1), isList, places: newPlaces() }
    places.lists.set(path, list)
  }
  // Only what stands in the entry itself: an object that is no list is walked as part of the document anyway.
  walk(isList ? entry : leavesOnly(entry), '', [], list.places, depth + 1)
}

function leavesOnly(entry: object): object {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => typeof value !== 'object'))
}

function note(value: unknown, path: string, keys: readonly string[], places: Places): void {
  let field = places.fields.get(path)
  if (!field) {
    field = { path, key: keys.at(-1) ?? '', above: keys.slice(0, -1), values: [] }
    places.fields.set(path, field)
  }
  if (value !== null && value !== undefined && field.values.length < MOST_VALUES) field.values.push(value)
}

/** A key as a path writes it; undefined for one no path can. */
function segment(key: string): string | undefined {
  if (key !== '' && !/[.[\]]/.test(key) && key !== '$') return key
  return key === '' || key.includes('"') ? undefined : `["${key}"]`
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
