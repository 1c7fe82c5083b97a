import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fillTemplate, previewOf } from '../../rules-library/fill-template.ts'
import type { WorkflowTemplate } from '../../rules-library/template.ts'
import { nodeTypesByType } from '../../server/nodes/index.ts'
import { checkWorkflow } from '../../server/workflow/check.ts'
import { portsOf } from '../../server/workflow/ports.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { crossings } from './crossings.ts'
import { simulateCase } from './simulate-case.ts'

const library = new URL('../../rules-library/', import.meta.url)
const files = readdirSync(library, { recursive: true, encoding: 'utf8' }).filter(file =>
  file.endsWith('.json'),
)
const templates = files.map(file => ({
  file: file.replace(/\\/g, '/'),
  template: JSON.parse(readFileSync(new URL(file, library), 'utf8')) as WorkflowTemplate,
}))

/** Columns and rows of the canvas, so that the words on the lines have room. */
const COLUMN = 380
const ROW = 130

/** Crossings nobody found a way round, by template. */
const UNAVOIDABLE: Readonly<Record<string, number>> = { 'fulfilment/three-warehouses': 2 }

/** Exits one order alone never takes: a hold falls short of what the lookup saw only when another was quicker. */
const isForTwo = (type: string, port: string) => type === 'stock.reserve' && port === 'short'

const portIds = (node: WorkflowGraph['nodes'][number]) =>
  Object.keys(portsOf(nodeTypesByType.get(node.type)!, node.params))

it('the library has a template for each of the known needs', () => {
  expect(templates.map(({ template }) => template.id).sort()).toEqual([
    'flash-sale/hot-stock',
    'fulfilment/logistics-watcher',
    'fulfilment/order-changes',
    'fulfilment/parcel-watcher',
    'fulfilment/three-warehouses',
    'intake/multi-channel-intake',
    'intake/price-check',
    'intake/sales-and-returns',
    'intake/urgent-orders',
    'returns/return-to-stock',
  ])
})

describe.each(templates)('the template $file', ({ file, template }) => {
  const drawing = previewOf(template)

  it('is called what its file is called, in both languages', () => {
    expect(`${template.id}.json`).toBe(file)
    for (const text of [template.name, template.description]) {
      expect(text.zh).not.toBe('')
      expect(text.en).toMatch(/^[ -~–…≥]+$/)
    }
  })

  it('is a workflow without an error or a warning, whatever its cases fill in', () => {
    for (const { parameters } of template.cases)
      expect(checkWorkflow(fillTemplate(template, parameters), nodeTypesByType)).toEqual([])
  })

  it('leaves no hole and uses every parameter it has', () => {
    expect(JSON.stringify(drawing)).not.toMatch(/\{\{|forEach/)
    const text = JSON.stringify(template.workflow)
    const used = new Set([...text.matchAll(/\{\{(\w+)|"forEach":"(\w+)"/g)].map(([, a, b]) => a ?? b))
    expect([...used].sort()).toEqual(Object.keys(template.parameters.properties as object).sort())
  })

  it('asks for its parameters in words of both languages', () => {
    for (const [name, schema] of properties(template.parameters))
      expect(schema.ui, name).toMatchObject({
        zh: expect.stringMatching(/\S/),
        en: expect.stringMatching(/^[ -~]+$/),
      })
  })

  it('says on every card what it does there', () => {
    for (const { id, label } of drawing.nodes) expect(label, id).toMatch(/\S/)
  })

  it('stands in columns and rows, with room for the words between them', () => {
    const places = drawing.nodes.map(node => node.position!)
    for (const { x, y } of places) expect([x % COLUMN, x >= 0, y >= 0]).toEqual([0, true, true])
    for (const [index, a] of places.entries())
      for (const b of places.slice(index + 1))
        expect(a.x !== b.x || Math.abs(a.y - b.y) >= ROW, JSON.stringify([a, b])).toBe(true)
  })

  it('has lines that run to the right and neither cross nor pass under a card', () => {
    const { backwards, across, under } = crossings(drawing, portIds)
    expect({ backwards, under }).toEqual({ backwards: [], under: [] })
    expect(across.length, across.join('\n')).toBeLessThanOrEqual(UNAVOIDABLE[template.id] ?? 0)
  })

  it('has cases that leave by every exit and end at every end', async () => {
    const taken = new Set<string>()
    for (const each of template.cases) {
      const { steps } = await simulateCase(template, each)
      for (const { node, ports } of steps)
        for (const port of ports.length > 0 ? ports : ['']) taken.add(`${node} ${port}`)
    }
    const exits = drawing.nodes.flatMap(node => {
      const ports = portIds(node).filter(port => !isForTwo(node.type, port))
      return (ports.length > 0 ? ports : ['']).map(port => `${node.id} ${port}`)
    })
    for (const exit of exits) expect([...taken]).toContain(exit)
  })

  it('has a case for every row of its tables', async () => {
    const hit = new Set<string>()
    for (const each of template.cases)
      for (const { node, note } of (await simulateCase(template, each)).steps)
        if (typeof note?.row === 'string') hit.add(`${node} ${note.row}`)
    for (const { id, type, params } of drawing.nodes)
      if (type === 'logic.decision-table')
        for (const row of [...(params.rows as { id: string }[]), { id: 'else' }])
          expect([...hit]).toContain(`${id} ${row.id}`)
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

type Schema = Readonly<Record<string, unknown>>

/** Every parameter, and every field of an entry of one that is a list. */
function properties(schema: Schema): [name: string, schema: Schema][] {
  return Object.entries((schema.properties ?? {}) as Record<string, Schema>).flatMap(([name, each]) => [
    [name, each] as [string, Schema],
    ...properties((each.items ?? {}) as Schema),
  ])
}
