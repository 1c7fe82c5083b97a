import { readdir, readFile } from 'node:fs/promises'
import type { WorkflowTemplate } from '../../rules-library/template.ts'
import type { ConnectionIdentity } from '../store/connection-doc.ts'

const ROOT = new URL('../../', import.meta.url)
const LIBRARY = new URL('rules-library/', ROOT)

/** Every template of the rules library, by id. Read each time: the files are few, and a new one is there at once. */
export async function readTemplates(): Promise<readonly WorkflowTemplate[]> {
  const files = (await readdir(LIBRARY, { recursive: true })).filter(file => file.endsWith('.json'))
  const texts = await Promise.all(files.sort().map(file => readFile(new URL(file, LIBRARY), 'utf8')))
  return texts.map(text => JSON.parse(text) as WorkflowTemplate)
}

/** A mapping of one of the connectors, as the cases of templates name it: `connectors/taobao/mapping.json`. */
export interface MappingFile {
  readonly identity: ConnectionIdentity
  readonly mapping: unknown
}

export async function readMapping(path: string): Promise<MappingFile> {
  return JSON.parse(await readFile(new URL(path, ROOT), 'utf8')) as MappingFile
}
