import { readFileSync } from 'node:fs'

/** Reads a JSON file of the project. @param path from the project's root: `connectors/taobao/mapping.json` */
export function projectJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as T
}
