import { describe, expect, it } from 'vitest'
import { knownFields } from '../../server/nodes/fields.ts'
import { nodeTypesByType } from '../../server/nodes/index.ts'
import { diffWords } from '../../server/workflow/diff-words.ts'
import type { WorkflowGraph, WorkflowNode } from '../../server/workflow/workflow.ts'
import { warehouseWorkflow } from '../support/warehouse-shop.ts'

const changes = (from: WorkflowGraph, to: WorkflowGraph) => diffWords(from, to, nodeTypesByType, knownFields)

const withNode = (id: string, change: (node: WorkflowNode) => Partial<WorkflowNode>): WorkflowGraph => ({
  ...warehouseWorkflow,
  nodes: warehouseWorkflow.nodes.map(node => (node.id === id ? { ...node, ...change(node) } : node)),
})

type Row = Record<string, unknown>

const withRows = (change: (rows: Row[]) => Row[]) =>
  withNode('table', ({ params }) => ({
    params: { ...params, rows: change(structuredClone(params.rows) as Row[]) },
  }))

const told = (to: WorkflowGraph) =>
  changes(warehouseWorkflow, to).map(({ nodeName, what, before, after }) =>
    [nodeName?.zh, what?.zh, before?.zh, after?.zh].map(each => each ?? '').join(' | '),
  )

describe('a comparison in words', () => {
  it('calls params by what their form calls them, and their values with units and names', () => {
    const to = withNode('dedup', () => ({
      params: { keys: ['phone', 'lines'], windowMinutes: 5, action: 'review' },
    }))
    expect(told(to)).toEqual([
      '去重窗口 | 这些都相同才算重复 2 | 商品（编码） | 商品和数量',
      '去重窗口 | 前后多久 | 3 分钟 | 5 分钟',
      '去重窗口 | 重复时 | 合并到先到的订单 | 请人确认',
    ])
  })

  it('calls a row by its number and its own name, and says its condition as a sentence', () => {
    const to = withRows(rows => {
      rows[1]!.when = {
        and: [{ var: 'stock.near.covers' }, { '<': [{ var: 'stock.near.distanceKm' }, 300] }],
      }
      rows[2]!.action = '先问客服'
      return rows
    })
    expect(told(to)).toEqual([
      '规则表 | 规则 2 近仓有货 · 判断逻辑 | 邻近仓够货 且 邻近仓距离 < 200 km | 邻近仓够货 且 邻近仓距离 < 300 km',
      '规则表 | 规则 3 急单 · 执行动作 | 向供应商采购 | 先问客服',
    ])
  })

  it('tells a new row by its parts, without the ids nobody sees', () => {
    const row = { id: 'vip', name: '大单', when: { var: 'order.urgent' }, port: 'vip_1', action: '人工处理' }
    const to = withRows(rows => [...rows, row])
    expect(told(to)).toEqual(['规则表 | 规则 4 大单 |  | 条件类型 大单，判断逻辑 急单，执行动作 人工处理'])
  })

  it('tells a row put in at the top, taken out or moved as just that', () => {
    const row = { id: 'vip', name: '大单', when: { var: 'order.urgent' }, port: 'vip_1', action: '人工处理' }
    expect(told(withRows(rows => [row, ...rows]))).toEqual([
      '规则表 | 规则 1 大单 |  | 条件类型 大单，判断逻辑 急单，执行动作 人工处理',
    ])
    expect(told(withRows(([own, , urgent]) => [own!, urgent!]))).toEqual([
      '规则表 | 规则 2 近仓有货 | 条件类型 近仓有货，判断逻辑 邻近仓够货 且 邻近仓距离 < 200 km，执行动作 近仓调拨 | ',
    ])
    expect(told(withRows(([own, near, urgent]) => [urgent!, own!, near!]))).toEqual([
      '规则表 | 规则 · 顺序 | 本仓有货、近仓有货、急单 | 急单、本仓有货、近仓有货',
    ])
  })

  it('tells nodes and edges that came and went by their names', () => {
    const to: WorkflowGraph = {
      nodes: [
        ...warehouseWorkflow.nodes.filter(node => node.id !== 'purchase'),
        { id: 'pause', type: 'time.wait', label: '等一等', params: { waitMinutes: 90 } },
      ],
      edges: [
        ...warehouseWorkflow.edges.filter(edge => edge.from !== 'purchase' && edge.to !== 'purchase'),
        { from: 'table', port: 'procure', to: 'pause' },
      ],
    }
    expect(changes(warehouseWorkflow, to)).toEqual([
      {
        kind: 'node-added',
        node: 'pause',
        nodeName: { zh: '等一等', en: '等一等' },
        after: { zh: '等 1 小时 30 分', en: 'Wait 1 h 30 min' },
      },
      expect.objectContaining({ kind: 'node-removed', node: 'purchase' }),
      {
        kind: 'edge-added',
        after: {
          zh: '「规则表」的「向供应商采购」→「等一等」',
          en: '"向供应商采购" of "Decision table" → "等一等"',
        },
      },
      expect.objectContaining({
        kind: 'edge-removed',
        before: {
          zh: '「规则表」的「向供应商采购」→「建采购单」',
          en: '"向供应商采购" of "Decision table" → "Create purchase"',
        },
      }),
      expect.objectContaining({ kind: 'edge-removed' }),
    ])
  })

  it('tells another name, another type and another description', () => {
    expect(told(withNode('hold', () => ({ label: '锁本仓' })))).toEqual(['锁本仓 | 名称 |  | 锁本仓'])
    const other = withNode('stock', () => ({ type: 'time.wait', params: { waitMinutes: 5 } }))
    expect(told(other)).toEqual(['等待 | 节点类型 | 查库存 | 等待'])
    expect(told({ ...warehouseWorkflow, settings: { description: '新版' } })).toEqual([' |  |  | 新版'])
  })

  it('survives types and params nobody knows', () => {
    const from: WorkflowGraph = {
      nodes: [{ id: 'x', type: 'no.such', params: { a: { b: [1] } } }],
      edges: [],
    }
    const to: WorkflowGraph = {
      nodes: [{ id: 'x', type: 'no.such', params: { a: { b: [2, { c: null }] } } }],
      edges: [{ from: 'x', port: '__proto__', to: 'constructor' }],
    }
    expect(changes(from, to).map(each => each.kind)).toEqual(['node-changed', 'node-changed', 'edge-added'])
  })
})
