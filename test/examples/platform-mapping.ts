import { readFileSync } from 'node:fs'
import { parseJson } from '../../server/intake/json.ts'
import { compileMapping, type MapDocument, type Mapped } from '../../server/nodes/mapping/compile.ts'
import type { Mapping } from '../../server/nodes/mapping/mapping.ts'
import type { RunEvent } from '../../server/nodes/node-type.ts'
import type { ConnectionIdentity } from '../../server/store/connection-doc.ts'

export interface PlatformMapping {
  readonly identity: ConnectionIdentity
  readonly mapping: Mapping
}

/** Reads a `mapping.json` of the project, by its path from the project's root. */
export function platformMapping(path: string): PlatformMapping {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as PlatformMapping
}

const compiled = new WeakMap<Mapping, MapDocument>()

/** What a mapping makes of a document given as the platform's own text. */
export function mapText(mapping: Mapping, text: string, channel: string): Mapped {
  const event: RunEvent = {
    id: 'event-1',
    kind: 'order',
    connection: `my-${channel}`,
    channel,
    shop: 'my shop',
    receivedAt: new Date('2026-10-01T02:06:00Z'),
    orderKey: `my-${channel}:1`,
  }
  return mapperOf(mapping)(parseJson(text), event)
}

function mapperOf(mapping: Mapping): MapDocument {
  const known = compiled.get(mapping)
  if (known) return known
  const { map, problems } = compileMapping(mapping)
  if (!map) throw new Error(JSON.stringify(problems))
  compiled.set(mapping, map)
  return map
}
