/** Reads one place of a document; undefined where there is nothing. */
type PathReader = (base: unknown) => unknown

type Segment = { readonly key: string } | { readonly index: number } | { readonly all: true }

// A name, then any number of [3], [] or ["name with . or ["] after it.
const SEGMENT = /([^.[\]]+)|\[(\d{1,4})\]|(\[\])|\["([^"]+)"\]/y

/**
 * Compiles a dotted path: `receiver.name`, `lines[0].sku`, `lines[].sku` (all of them, as a list), `["a.b"].c`.
 * Only own properties are read, so `constructor` or `__proto__` find nothing. Undefined for a path it cannot read.
 */
export function compilePath(text: string): PathReader | undefined {
  const segments = parse(text)
  if (!segments) return undefined
  const keys = segments.flatMap(segment => ('key' in segment ? [segment.key] : []))
  const first = keys[0]
  if (keys.length < segments.length || first === undefined) return base => readAll(base, segments, 0)
  if (keys.length === 1) return base => own(base, first)
  return base => {
    let value = base
    for (const key of keys) {
      value = own(value, key)
      if (value === undefined) return undefined
    }
    return value
  }
}

function parse(text: string): readonly Segment[] | undefined {
  const segments: Segment[] = []
  let at = 0
  while (at < text.length) {
    const dotted = text[at] === '.'
    if (dotted && (at === 0 || text[at + 1] === '[')) return undefined
    SEGMENT.lastIndex = dotted ? at + 1 : at
    const match = SEGMENT.exec(text)
    if (!match) return undefined
    const [, name, index, all, quoted] = match
    // Two names need a dot between them; a bracket follows what it belongs to directly.
    if (name !== undefined && at > 0 && !dotted) return undefined
    if (name !== undefined) segments.push({ key: name })
    else if (quoted !== undefined) segments.push({ key: quoted })
    else if (all !== undefined) segments.push({ all: true })
    else segments.push({ index: Number(index) })
    at = SEGMENT.lastIndex
  }
  return segments.length > 0 && segments.length <= 20 ? segments : undefined
}

function readAll(base: unknown, segments: readonly Segment[], from: number): unknown {
  let value = base
  for (let i = from; i < segments.length; i++) {
    const segment = segments[i]!
    if ('all' in segment) {
      if (!Array.isArray(value)) return undefined
      return value.flatMap(entry => readAll(entry, segments, i + 1) ?? [])
    }
    if ('index' in segment) value = Array.isArray(value) ? value[segment.index] : undefined
    else value = own(value, segment.key)
    if (value === undefined) return undefined
  }
  return value
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Record<string, unknown>)[key]
}
