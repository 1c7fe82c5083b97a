import { describe, expect, it } from 'vitest'
import { RequestFailure } from '../../../editor/api/request.ts'
import { readDocument } from '../../../editor/testing/json-place.ts'
import { readChoice } from '../../../editor/testing/last-choice.ts'
import { meaningOf } from '../../../editor/testing/meaning-of.ts'
import { connectionOf } from '../../../editor/testing/order-key.ts'
import { hindrancesOf } from '../../../editor/testing/problems-of.ts'

const graph = {
  nodes: [{ id: 'a', type: 'flow.end', params: { outcome: 'ship' }, position: { x: 0, y: 0 } }],
  edges: [],
}

describe('a result of a test', () => {
  it('stays good when cards are only moved or notes are written', () => {
    const moved = {
      ...graph,
      nodes: [{ ...graph.nodes[0]!, position: { x: 90, y: 7 } }],
      notes: [{ id: 'n', text: '先看库存', position: { x: 0, y: 0 } }],
    }
    expect(meaningOf(moved)).toBe(meaningOf(graph))
  })

  it('is stale once a param, a node or a line is another', () => {
    const other = { ...graph, nodes: [{ ...graph.nodes[0]!, params: { outcome: 'drop' } }] }
    const joined = { ...graph, edges: [{ from: 'a', port: 'x', to: 'a' }] }
    expect(meaningOf(other)).not.toBe(meaningOf(graph))
    expect(meaningOf(joined)).not.toBe(meaningOf(graph))
  })
})

describe('a pasted document', () => {
  it('is read with all digits of its ids', () => {
    const read = readDocument('{"id": 4123475380029935678}')
    expect('document' in read && String((read.document as { id: unknown }).id)).toBe('4123475380029935678')
  })

  it('says where it stops being JSON, with long ids as well', () => {
    expect(readDocument('{\n  "a": 1,\n  b: 2\n}')).toEqual({ fault: { line: 3, column: 3 } })
    expect(readDocument('{\n  "id": 4123475380029935678,\n  b: 2\n}')).toEqual({
      fault: { line: 3, column: 3 },
    })
    expect(readDocument('{"a": [1, 2')).toEqual({ fault: { line: 1, column: 12 } })
  })
})

describe('what was tried last', () => {
  it('comes back after a reload, and what is not ours is left out', () => {
    const kept = { kind: 'last', connection: 'tb', text: '{}', order: '', orderId: '', count: 1_000 }
    expect(readChoice(JSON.stringify(kept))).toEqual(kept)
    expect(readChoice('{"kind":"else","count":7,"text":3}')).toMatchObject({
      kind: 'document',
      count: 100,
      text: '',
    })
    expect(readChoice('not json')).toMatchObject({ kind: 'document' })
    expect(readChoice(null)).toMatchObject({ kind: 'document' })
  })

  it('knows the connection of an order by its key', () => {
    expect(connectionOf('suyi-taobao:4123:7')).toBe('suyi-taobao')
    expect(connectionOf('nothing')).toBe('')
  })
})

describe('a test that could not be run', () => {
  it('names each reason with its node, whether of the draft or of the document', () => {
    const refused = new RequestFailure(409, 'WORKFLOW_INVALID', '', {
      problems: [
        { code: 'X', severity: 'error', message: { zh: '没有接上', en: 'Not joined' }, node: 'dedup' },
        { field: 'phone', code: 'Y', message: '没有手机号', messageEn: 'No phone' },
        'something else',
      ],
    })
    expect(hindrancesOf(refused)).toEqual([
      { message: { zh: '没有接上', en: 'Not joined' }, node: 'dedup' },
      { message: { zh: '没有手机号', en: 'No phone' } },
    ])
    expect(hindrancesOf(new RequestFailure(503, 'BUSY', ''))).toEqual([])
    expect(hindrancesOf(new Error('x'))).toEqual([])
  })
})
