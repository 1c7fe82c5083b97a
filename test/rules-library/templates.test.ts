import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fillTemplate } from '../../rules-library/fill-template.ts'
import type { WorkflowTemplate } from '../../rules-library/template.ts'
import { nodeTypesByType } from '../../server/nodes/index.ts'
import { checkWorkflow } from '../../server/workflow/check.ts'
import { simulateCase } from './simulate-case.ts'

const library = new URL('../../rules-library/', import.meta.url)
const files = readdirSync(library, { recursive: true, encoding: 'utf8' }).filter(file =>
  file.endsWith('.json'),
)
const templates = files.map(file => ({
  file: file.replace(/\\/g, '/'),
  template: JSON.parse(readFileSync(new URL(file, library), 'utf8')) as WorkflowTemplate,
}))

describe.each(templates)('the template $file', ({ file, template }) => {
  const values = template.cases[0]?.parameters ?? {}

  it('is called what its file is called, in both languages', () => {
    expect(`${template.id}.json`).toBe(file)
    for (const text of [template.name, template.description]) {
      expect(text.zh).not.toBe('')
      expect(text.en).not.toBe('')
    }
  })

  it('is a workflow without an error or a warning once its parameters are filled in', () => {
    expect(checkWorkflow(fillTemplate(template, values), nodeTypesByType)).toEqual([])
  })

  it('leaves no hole and uses every parameter it has', () => {
    expect(JSON.stringify(fillTemplate(template, values))).not.toContain('{{')
    const names = Object.keys(template.parameters.properties as object)
    for (const name of names) expect(JSON.stringify(template.workflow)).toContain(`{{${name}}}`)
  })

  it('has a place for every card, none upon another', () => {
    const places = template.workflow.nodes.map(node => node.position!)
    for (const [index, a] of places.entries())
      for (const b of places.slice(index + 1))
        expect(Math.abs(a.x - b.x) >= 240 || Math.abs(a.y - b.y) >= 120, JSON.stringify([a, b])).toBe(true)
  })

  it('has cases that end at every end of it', () => {
    const ends = template.workflow.nodes.filter(node => node.type === 'flow.end').map(node => node.id)
    const reached = template.cases.map(each => each.expect.path.at(-1))
    for (const end of ends) expect(reached).toContain(end)
  })

  it.each(template.cases)('case: $name.zh · $name.en', async each => {
    const result = await simulateCase(template, each)
    const { outcome, orderStatus, path, effects, stock } = each.expect
    expect(result.failure).toBeUndefined()
    expect(result).toMatchObject({ outcome, orderStatus, path })
    if (effects) {
      expect(result.effects).toHaveLength(effects.length)
      expect(result.effects).toMatchObject(effects)
    }
    if (stock) expect(result.stock).toMatchObject(stock)
  })
})
