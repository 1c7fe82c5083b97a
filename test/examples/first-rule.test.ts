import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { nodeTypesByType } from '../../server/nodes/index.ts'
import { compileMapping } from '../../server/nodes/mapping/compile.ts'
import { checkWorkflow } from '../../server/workflow/check.ts'

const read = async (name: string) =>
  JSON.parse(await readFile(new URL(`../../examples/first-rule/${name}`, import.meta.url), 'utf8'))

describe('the first rule of the README', () => {
  it('has no problems', async () => {
    expect(checkWorkflow((await read('workflow.json')).graph, nodeTypesByType)).toEqual([])
  })

  it('maps the orders of its shop', async () => {
    expect(compileMapping((await read('shop.json')).mapping).problems).toEqual([])
  })
})
