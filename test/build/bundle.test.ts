import { readFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { serverPart } from '../../server/build/parts.ts'
import { SERVER } from '../support/built-server.ts'

describe('the built server', () => {
  it('is watched for changes in every file it is made of', async () => {
    const folder = dirname(SERVER)
    const files: string[] = []
    for (const name of ['main.mjs.map', 'worker-entry.mjs.map']) {
      const { sources } = JSON.parse(await readFile(join(folder, name), 'utf8')) as { sources: string[] }
      files.push(...sources.map(source => resolve(folder, source)))
    }
    expect(files.length).toBeGreaterThan(100)
    const isWatched = (file: string) =>
      serverPart.sources.some(source => file === source || file.startsWith(source + sep))
    expect(files.filter(file => !isWatched(file))).toEqual([])
  })
})
