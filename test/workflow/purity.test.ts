import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const root = new URL('../../server/workflow/', import.meta.url)
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.ts'))
const packages = new Set(['typebox', 'typebox/value', 'ajv', 'ajv-formats', 'json-logic-js'])

describe('server/workflow', () => {
  it.each(files)('%s imports only its neighbours and the packages a page can load', name => {
    const url = new URL(name, root)
    const source = readFileSync(url, 'utf8')
    const imported = [...source.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, path]) => path ?? '')
    for (const path of imported) {
      const isNeighbour = path.startsWith('.') && new URL(path, url).href.startsWith(root.href)
      expect(isNeighbour || packages.has(path), path).toBe(true)
    }
  })

  it.each(files)('%s makes no code out of text', name => {
    expect(readFileSync(new URL(name, root), 'utf8')).not.toMatch(/\beval\(|new Function\b/)
  })
})
