import type { NodeManifest, Ports } from './node-definition.ts'
import { isRecord } from './param-parts.ts'
import type { Text } from './text.ts'

/** The exits of a node, by its params where its type says so. Entries that are not finished yet are left out. */
export function portsOf(type: Pick<NodeManifest, 'ports' | 'portsFrom'>, params: unknown): Ports {
  const { ports, portsFrom } = type
  if (!portsFrom) return ports
  const { list, name, when, otherwise } = portsFrom
  if (when !== undefined && valueAt(params, when) !== true) return ports
  const found: Record<string, Text> = {}
  const entries = valueAt(params, list)
  for (const entry of Array.isArray(entries) ? entries : []) {
    if (!isRecord(entry) || typeof entry.port !== 'string' || entry.port === '') continue
    const words = entry[name]
    const known = typeof words === 'string' && words !== '' ? words : entry.port
    // Several entries may share an exit: the first one names it.
    if (!Object.hasOwn(found, entry.port)) found[entry.port] = { zh: known, en: known }
  }
  if (!otherwise) return found
  const port = textAt(params, otherwise.port) ?? otherwise.id
  const words = textAt(params, otherwise.name)
  if (!Object.hasOwn(found, port))
    found[port] = words ? { zh: words, en: words } : (ports[otherwise.id] ?? { zh: port, en: port })
  return found
}

function textAt(params: unknown, path: string | undefined): string | undefined {
  const value = path === undefined ? undefined : valueAt(params, path)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function valueAt(params: unknown, path: string): unknown {
  let value = params
  for (const key of path.split('.'))
    value = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}
