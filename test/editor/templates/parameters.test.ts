import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Template } from '../../../editor/api/draft-contract.ts'
import { defaultsOf, hasParameters, unsaid } from '../../../editor/templates/parameters.ts'
import { paramName, type SchemaPart } from '../../../server/workflow/param-parts.ts'

const LIBRARY = join(import.meta.dirname, '../../../rules-library')

async function library(): Promise<Pick<Template, 'id' | 'parameters'>[]> {
  const files = (await readdir(LIBRARY, { recursive: true })).filter(name => name.endsWith('.json'))
  return Promise.all(
    files.map(async name => JSON.parse(await readFile(join(LIBRARY, name), 'utf8')) as Template),
  )
}

const template = {
  parameters: {
    type: 'object',
    required: ['supplier', 'windowMinutes'],
    properties: {
      supplier: { type: 'string', ui: { zh: '供应商', en: 'Supplier' } },
      windowMinutes: { type: 'number', default: 3 },
    },
  },
}

describe('the parameters of a template', () => {
  it('are missing when they must be said, are not, and have no default', () => {
    const missing = unsaid(template, {}, name => `请填「${name.zh}」`)
    expect(missing.map(({ param, message }) => [param, message.zh])).toEqual([['supplier', '请填「供应商」']])
  })

  it('are all there once they are said', () => {
    expect(unsaid(template, { supplier: 'yiwu' }, ({ zh }) => zh)).toEqual([])
    expect(unsaid(template, { supplier: '' }, ({ zh }) => zh)).toHaveLength(1)
  })

  it('of every template we ship are asked for in words', async () => {
    const templates = await library()
    expect(templates.length).toBeGreaterThan(2)
    for (const each of templates) {
      const { properties = {} } = each.parameters as { properties?: Record<string, SchemaPart> }
      const unnamed = Object.entries(properties).filter(([, schema]) => !paramName(schema))
      expect(unnamed.map(([name]) => `${each.id}: ${name}`)).toEqual([])
    }
  })

  it('begin with what the template takes where nothing else is said', () => {
    expect(defaultsOf(template)).toEqual({ windowMinutes: 3 })
    expect(defaultsOf({ parameters: {} })).toEqual({})
  })

  it('may be none at all', () => {
    expect(hasParameters({ parameters: { type: 'object', properties: {} } })).toBe(false)
    expect(hasParameters({ parameters: {} })).toBe(false)
  })
})
