import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Json, openProduct, type ProductRoom } from '../support/product.ts'
import { aPlainOrder, documentOf, warehouseWorkflow } from '../support/warehouse-shop.ts'

let product: ProductRoom

beforeAll(async () => {
  product = await openProduct()
  await product.openShop({ hangzhou: { 'MILK-1': 12 }, ningbo: { 'MILK-1': 40 } })
})
afterAll(() => product.close())

const patch = (path: string, payload: object) => product.send({ method: 'PATCH', url: path, payload })
const list = async (query = '') =>
  (await product.get(`/api/workflows${query}`)).body.items as unknown as Record<string, unknown>[]

async function fresh(name: string): Promise<string> {
  const { body } = await product.post('/api/workflows', { name, graph: warehouseWorkflow, by: '小王' })
  return String(body.id)
}

describe('the list of workflows', () => {
  it('says who saved the draft and who published', async () => {
    const id = await fresh('署名')
    expect((await list()).find(each => each.id === id)).toMatchObject({ updatedBy: '小王', archived: false })
    await product.put(`/api/workflows/${id}/draft`, { graph: warehouseWorkflow, rev: 1, by: '小李' })
    await product.post(`/api/workflows/${id}/publish`, { by: '老张', note: '试' })
    expect((await list()).find(each => each.id === id)).toMatchObject({
      updatedBy: '小李',
      published: { version: 1, by: '老张', note: '试' },
    })
    await patch(`/api/workflows/${id}`, { archived: true })
  })

  it('renames, and runs are called by the new name', async () => {
    await product.decide(documentOf(aPlainOrder({ id: 'N1', phone: '13900000001' })))
    expect((await patch('/api/workflows/warehouse', { name: '新名字', by: '小王' })).body).toMatchObject({
      id: 'warehouse',
      name: '新名字',
      updatedBy: '小王',
    })
    const { body } = await product.get('/api/runs?order=plain%3AN1')
    expect((body.items as unknown as Json[]).find(run => String(run.workflow) === 'warehouse')).toMatchObject(
      {
        workflowName: '新名字',
      },
    )
    expect((await patch('/api/workflows/warehouse', { name: '' })).status).toBe(400)
    expect((await patch('/api/workflows/nothing', { name: 'x' })).status).toBe(404)
  })

  it('archives: an archived one never runs, cannot go live, and comes back paused', async () => {
    const id = await fresh('旧流程')
    await product.post(`/api/workflows/${id}/publish`)
    expect((await patch(`/api/workflows/${id}`, { archived: true })).body).toMatchObject({
      archived: true,
      paused: true,
    })
    expect((await list()).map(each => each.id)).not.toContain(id)
    expect((await list('?archived=true')).map(each => each.id)).toContain(id)
    for (const verb of ['publish', 'resume', 'versions/1/republish'])
      expect(await product.post(`/api/workflows/${id}/${verb}`), verb).toMatchObject({
        status: 409,
        body: { code: 'WORKFLOW_ARCHIVED' },
      })
    await product.decide(documentOf(aPlainOrder({ id: 'N2', phone: '13900000002' })))
    expect((await product.get(`/api/runs?workflow=${id}`)).body.items).toEqual([])
    expect((await patch(`/api/workflows/${id}`, { archived: false })).body).toMatchObject({
      archived: false,
      paused: true,
    })
    expect((await product.post(`/api/workflows/${id}/resume`)).body).toEqual({ paused: false })
    await patch(`/api/workflows/${id}`, { archived: true })
  })

  it('duplicates with draft and cases, and nothing published', async () => {
    await product.post('/api/workflows/warehouse/cases', {
      name: '本仓发货',
      from: { kind: 'document', connection: 'plain', document: documentOf(aPlainOrder({ id: 'D1' })) },
    })
    const copy = await product.post('/api/workflows/warehouse/duplicate', { by: '小王' })
    expect(copy).toMatchObject({ status: 201, body: { name: '新名字 副本', draft: warehouseWorkflow } })
    expect(copy.body).not.toHaveProperty('published')
    const cases = await product.get(`/api/workflows/${copy.body.id}/cases`)
    expect(cases.body.items).toMatchObject([{ name: '本仓发货', expect: { outcome: 'ship' } }])
    expect((await product.post(`/api/workflows/${copy.body.id}/cases/run`)).body.items).toMatchObject([
      { passed: true },
    ])
  })
})

describe('drafts', () => {
  it('that somebody saved meanwhile are refused with what they saved', async () => {
    const id = await fresh('两个人')
    const theirs = { ...warehouseWorkflow, settings: { description: '他们的' } }
    await product.put(`/api/workflows/${id}/draft`, { graph: theirs, rev: 1, by: '小李' })
    const answer = await product.put(`/api/workflows/${id}/draft`, {
      graph: warehouseWorkflow,
      rev: 1,
      by: '我',
    })
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'DRAFT_CHANGED', details: { rev: 2, graph: theirs, by: '小李' } },
    })
  })
})

describe('files', () => {
  it('carry draft and cases to another workflow, with buyers masked', async () => {
    const file = await product.get('/api/workflows/warehouse/export')
    expect(file.body).toMatchObject({
      format: 'orderloom.workflow',
      formatVersion: 1,
      name: '新名字',
      graph: warehouseWorkflow,
      cases: [{ name: '本仓发货', connection: 'plain', expect: { outcome: 'ship' } }],
    })
    expect(JSON.stringify(file.body)).not.toContain('13800000001')
    expect(JSON.stringify(file.body)).not.toContain('王小明')
    const made = await product.post('/api/workflows/import', { ...file.body, by: '小王' })
    expect(made).toMatchObject({ status: 201, body: { name: '新名字', updatedBy: '小王' } })
    expect(made.body.id).not.toBe('warehouse')
    expect((await product.post(`/api/workflows/${made.body.id}/cases/run`)).body.items).toMatchObject([
      { name: '本仓发货', passed: true },
    ])
  })

  it('that are wrong are refused with every problem at once, and nothing is made', async () => {
    const before = (await list('?limit=200')).length
    const answer = await product.post('/api/workflows/import', {
      format: 'orderloom.workflow',
      formatVersion: 2,
      name: '',
      graph: { nodes: [{ id: 'a b', type: 't', params: {} }], edges: [] },
      cases: [{ name: 'x' }],
    })
    expect(answer).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } })
    const fields = (answer.body.details as unknown as { field: string }[]).map(each => each.field)
    for (const field of ['formatVersion', 'name', 'graph/nodes/0/id', 'cases/0/world'])
      expect(fields).toContain(field)
    expect((await list('?limit=200')).length).toBe(before)
  })
})

describe('templates', () => {
  it('are listed with their form, a drawing to look at and the names of their cases', async () => {
    const { body } = await product.get('/api/templates')
    const items = body.items as unknown as { id: string; preview: { nodes: unknown[] }; cases: unknown[] }[]
    expect(items.length).toBeGreaterThanOrEqual(3)
    for (const { id, preview, cases } of items) {
      expect(preview.nodes.length, id).toBeGreaterThan(2)
      expect(cases.length, id).toBeGreaterThan(0)
      expect(JSON.stringify(preview), id).not.toContain('{{')
    }
  })

  it('become a workflow with the values of the form, and with the cases that hold for it', async () => {
    const made = await product.post('/api/templates/fulfilment/three-warehouses/workflows', {
      name: '三仓',
      values: { supplier: 'supplier', windowMinutes: 5 },
      by: '小王',
    })
    expect(made).toMatchObject({ status: 201, body: { name: '三仓', updatedBy: '小王' } })
    const dedup = (made.body.draft!.nodes as unknown as { id: string; params: object }[]).find(
      node => node.id === 'dedup',
    )
    expect(dedup).toMatchObject({ params: { windowMinutes: 5 } })
    const results = await product.post(`/api/workflows/${made.body.id}/cases/run`)
    const cases = results.body.items as unknown as { passed: boolean }[]
    expect(cases.length).toBeGreaterThan(3)
    expect(cases.every(each => each.passed)).toBe(true)
    expect((await product.post(`/api/workflows/${made.body.id}/publish`)).body).toEqual({ version: 1 })
    await patch(`/api/workflows/${made.body.id}`, { archived: true })
  })

  it('name every value that does not fit', async () => {
    const answer = await product.post('/api/templates/fulfilment/three-warehouses/workflows', {
      values: { windowMinutes: 'x', more: 1 },
    })
    expect(answer).toMatchObject({ status: 400, body: { code: 'TEMPLATE_VALUES_INVALID' } })
    const fields = (answer.body.details as unknown as { field: string }[]).map(each => each.field).sort()
    expect(fields).toEqual(['more', 'supplier', 'windowMinutes'])
    expect((await product.post('/api/templates/no/such/workflows', { values: {} })).status).toBe(404)
  })
})
