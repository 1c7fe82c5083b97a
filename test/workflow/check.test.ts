import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkWorkflow } from '../../server/workflow/check.ts'
import type { WorkflowGraph } from '../../server/workflow/workflow.ts'
import { aGoodGraph, definitions, edges, graph, node } from './definitions.ts'
import { v } from './logic/fields.ts'
import { nested } from './logic/nested.ts'

const check = (document: unknown) => checkWorkflow(document, definitions)

/** `CODE node param port`, as far as the problem names them. */
const told = (document: unknown) =>
  check(document).map(({ code, node: id, param, port }) => [code, id, param, port].filter(Boolean).join(' '))

function changed(change: (draft: WorkflowGraph) => void): WorkflowGraph {
  const draft = aGoodGraph()
  change(draft)
  return draft
}

const start = [node('in', 'order.received'), node('end', 'flow.end')]

describe('checkWorkflow', () => {
  it('finds nothing wrong with a good workflow', () => {
    expect(check(aGoodGraph())).toEqual([])
  })

  it('tells all problems at once', () => {
    const draft = graph(
      [
        node('in', 'order.received'),
        node('a', 'data.mapp'),
        node('b', 'logic.condition', { when: { '>': [v('order.paidFen'), 'x'] } }),
      ],
      'in.out>a a.x>b b.yes>gone',
    )
    expect(told(draft)).toEqual([
      'UNKNOWN_TYPE a',
      'EDGE_WITHOUT_NODE b',
      'PORT_WITHOUT_EDGE b no',
      'TYPE_MISMATCH b when',
    ])
  })

  describe('of the JSON itself', () => {
    it.each([
      ['null', null],
      ['a text', 'workflow'],
      ['a list', []],
      ['an empty object', {}],
      ['lists that are none', { nodes: {}, edges: 7 }],
      ['nodes that are none', { nodes: [null, 1, 'x', [], { id: 5 }], edges: [null, { from: 'a' }] }],
    ])('is told where the document is %s', (_, document) => {
      expect(check(document).some(({ code, severity }) => code === 'BAD_SHAPE' && severity === 'error')).toBe(
        true,
      )
    })

    it('is told with its path, and with the node it stands in', () => {
      const draft = changed(({ nodes }) => Object.assign(nodes[1]!, { label: 5, colour: 'red' }))
      expect(check(draft)).toEqual([
        expect.objectContaining({
          code: 'BAD_SHAPE',
          node: 'map',
          message: expect.objectContaining({ en: '"nodes/1/colour" does not exist; remove it' }),
        }),
        expect.objectContaining({
          code: 'BAD_SHAPE',
          node: 'map',
          message: expect.objectContaining({ zh: '「nodes/1/label」应是文字' }),
        }),
      ])
    })

    it('does not hide the problems of what can be read', () => {
      const draft = { ...aGoodGraph(), nodes: [...aGoodGraph().nodes, 7], extra: 1 }
      draft.edges = draft.edges.slice(0, -1)
      expect(told(draft)).toEqual(['BAD_SHAPE', 'BAD_SHAPE', 'PORT_WITHOUT_EDGE enough no'])
    })

    it('does not repeat endless names in its messages', () => {
      const long = 'x'.repeat(100_000)
      const nodes = [node(long, long), node('a', long, {}, long), ...start]
      const joined = Array.from({ length: 500 }, (_, index) => ({ from: 'end', port: `p${index}`, to: long }))
      const problems = check({ nodes, edges: [...joined, ...edges('in.out>end')] })
      expect(problems.length).toBeGreaterThan(3)
      expect(JSON.stringify(problems).length).toBeLessThan(1_000_000)
    })

    it.each([
      ['501 nodes', { nodes: new Array(501).fill(node('a', 'flow.end')), edges: [] }],
      ['2,001 edges', { nodes: [], edges: new Array(2_001).fill(edges('a.b>c')[0]) }],
      [
        'a million values',
        { nodes: [node('a', 'flow.end', { x: new Array(1_000_000).fill(0) })], edges: [] },
      ],
    ])('is refused at once where it is too large: %s', (_, document) => {
      expect(check(document)).toEqual([expect.objectContaining({ code: 'TOO_LARGE', severity: 'error' })])
    })
  })

  describe('of nodes', () => {
    it('refuses two nodes of one id', () => {
      expect(told(changed(({ nodes }) => nodes.push(node('end', 'flow.end'))))).toEqual(['DUPLICATE_ID end'])
    })

    it('names the type that was meant by an unknown one', () => {
      const [problem] = check(changed(({ nodes }) => Object.assign(nodes[2]!, { type: 'stock.lookupp' })))
      expect(problem).toMatchObject({ code: 'UNKNOWN_TYPE', node: 'stock' })
      expect(problem?.message.zh).toContain('是不是「stock.lookup」')
    })

    it.each(['constructor', '__proto__', 'toString'])('knows no type %s', type => {
      expect(told(graph([...start, node('x', type)], 'in.out>x x.a>end'))).toEqual(['UNKNOWN_TYPE x'])
    })

    it('asks for one start', () => {
      expect(told(graph([node('end', 'flow.end')], ''))).toEqual(['NO_TRIGGER'])
      expect(told(graph([...start, node('in2', 'order.received')], 'in.out>end in2.out>end'))).toEqual([
        'SEVERAL_TRIGGERS in2',
      ])
    })

    it('warns of a node no order comes to, and checks it all the same', () => {
      const lost = node('lost', 'logic.condition', { when: { '>': [v('order.paidFen'), 'x'] } })
      const problems = check(graph([...start, lost], 'in.out>end lost.yes>end lost.no>end'))
      expect(problems.map(({ code, severity }) => [code, severity])).toEqual([
        ['UNREACHABLE', 'warning'],
        ['TYPE_MISMATCH', 'error'],
      ])
    })
  })

  describe('of edges', () => {
    it('refuses an edge from or to a node that does not exist', () => {
      const draft = changed(drawn => drawn.edges.push(...edges('gone.out>end stock.out>mapp')))
      expect(told(draft)).toEqual(['EDGE_WITHOUT_NODE end', 'EDGE_WITHOUT_NODE stock'])
      expect(check(draft)[1]?.message.en).toContain('did you mean "map"')
    })

    it('refuses an edge from a port the node does not have, and names those it has', () => {
      const draft = changed(drawn => drawn.edges.push(...edges('enough.maybe>end')))
      expect(told(draft)).toEqual(['EDGE_WITHOUT_PORT enough maybe'])
      expect(check(draft)[0]?.message.zh).toContain('yes、no')
    })

    it('refuses an edge out of an end and into the start', () => {
      const draft = changed(drawn => drawn.edges.push(...edges('end.out>in')))
      expect(told(draft)).toEqual(
        expect.arrayContaining(['EDGE_WITHOUT_PORT end out', 'EDGE_INTO_TRIGGER end out']),
      )
    })

    it('takes a name of prototypes for no port', () => {
      expect(told(changed(drawn => drawn.edges.push(...edges('stock.constructor>end'))))).toEqual([
        'EDGE_WITHOUT_PORT stock constructor',
      ])
    })

    it('refuses the same edge twice, and lets one port lead to several nodes', () => {
      expect(told(changed(drawn => drawn.edges.push(...edges('enough.yes>end'))))).toEqual([
        'REPEATED_EDGE enough yes',
      ])
      expect(told(changed(drawn => drawn.edges.push(...edges('stock.out>end'))))).toEqual([])
    })

    it('refuses a port that leads nowhere, by its words', () => {
      const draft = changed(drawn => drawn.edges.pop())
      expect(check(draft)).toEqual([
        {
          code: 'PORT_WITHOUT_EDGE',
          severity: 'error',
          node: 'enough',
          port: 'no',
          message: {
            zh: '节点「够不够」的出口「否」没有连线，请把它连到下一步或连到「结束」',
            en: 'Port "no" of node "够不够" leads nowhere; connect it to the next step or to an end',
          },
        },
      ])
    })

    it('refuses a circle once, naming its nodes in order', () => {
      const draft = graph(
        [
          ...start,
          node('a', 'logic.condition', { when: true }, '甲'),
          node('b', 'logic.condition', { when: true }, '乙'),
        ],
        'in.out>a a.yes>b a.no>end b.yes>a b.no>end',
      )
      expect(told(draft)).toEqual(['CYCLE a'])
      expect(check(draft)[0]?.message.zh).toBe(
        '「甲」→「乙」→「甲」 绕成了一圈，订单会一直转下去。请删掉其中一条连线',
      )
    })

    it('refuses a node that leads to itself, and each of two circles', () => {
      const conditions = ['a', 'b', 'c'].map(id => node(id, 'logic.condition', { when: true }))
      const draft = graph(
        [...start, ...conditions],
        'in.out>a a.yes>a a.no>b b.yes>c b.no>end c.yes>b c.no>end',
      )
      expect(told(draft)).toEqual(['CYCLE a', 'CYCLE b'])
    })
  })

  describe('of params', () => {
    const table = (rows: unknown, more: object = {}) =>
      graph([...start, node('t', 'logic.table', { rows, ...more })], 'in.out>t t.a>end')

    it('names the param by path and in words, with what to do', () => {
      const problems = check(
        table([
          { port: '', when: true, limitFen: -1 },
          { port: 'a', whn: true },
        ]),
      )
      expect(problems.map(({ param, message }) => [param, message.zh])).toEqual([
        ['rows/0/port', '「出口」不能为空'],
        ['rows/0/limitFen', '「上限」不能小于 0'],
        ['rows/1/when', '「rows/1/when」没有填，请填写'],
        ['rows/1/whn', '「rows/1/whn」这一项不存在，是不是「when」？'],
      ])
    })

    it('refuses params the node type does not know, also where its schema forgot to', () => {
      expect(told(table([{ port: 'a', when: true }], { colour: 'red' }))).toEqual(['BAD_PARAM t colour'])
    })

    it('names the choices there are', () => {
      const [problem] = check(table([{ port: 'a', when: true }], { hit: 'last' }))
      expect(problem).toMatchObject({
        param: 'hit',
        message: { zh: '「命中方式」只能是：first、all', en: '"Hits" must be one of: first, all' },
      })
    })

    it('tells of alternatives only the faults of the one that was meant', () => {
      const wait = (act: unknown, timeoutMs: unknown = 1_000) =>
        graph([...start, node('w', 'time.wait', { timeoutMs, act })], 'in.out>w w.out>end')
      expect(told(wait({ kind: 'notify', url: 'no url' }))).toEqual(['BAD_PARAM w act/url'])
      expect(told(wait({ kind: 'assign' }))).toEqual(['BAD_PARAM w act/to'])
      expect(told(wait({ kind: 'forget' }))).toEqual(['BAD_PARAM w act'])
      expect(told(wait('assign', 'soon'))).toEqual(['BAD_PARAM w timeoutMs', 'BAD_PARAM w act'])
    })

    it("adds the node type's own problems once the schema is content", () => {
      expect(told(table([{ port: 'reserved', when: true }]))).toEqual(
        ['EDGE_WITHOUT_PORT t a', 'RESERVED t rows/0/port'].slice(1),
      )
      expect(told(table([{ port: 'reserved', when: true, x: 1 }]))).toEqual(['BAD_PARAM t rows/0/x'])
    })

    it('knows the ports that depend on params', () => {
      expect(
        told(
          table([
            { port: 'a', when: true },
            { port: 'b', when: true },
          ]),
        ),
      ).toEqual(['PORT_WITHOUT_EDGE t b'])
    })
  })

  describe('of fields', () => {
    const two = (joined: string, when: unknown) =>
      graph(
        [
          node('in', 'order.received'),
          node('map', 'data.map'),
          node('stock', 'stock.lookup'),
          node('ask', 'logic.condition', { when }),
          node('end', 'flow.end'),
        ],
        joined,
      )
    const rest = 'ask.yes>end ask.no>end'

    it('knows event and source everywhere', () => {
      const draft = graph(
        [
          ...start,
          node('ask', 'logic.condition', { when: { and: [v('event.shop'), v('source.any.thing')] } }),
        ],
        `in.out>ask ${rest}`,
      )
      expect(told(draft)).toEqual([])
    })

    it('knows what every way to a node brings', () => {
      expect(
        told(two(`in.out>map map.mapped>stock map.invalid>end stock.out>ask ${rest}`, v('order.urgent'))),
      ).toEqual([])
    })

    it('does not know what only some ways bring, and says so', () => {
      const draft = two(
        `in.out>map map.mapped>stock map.mapped>ask map.invalid>end stock.out>ask ${rest}`,
        v('stock.own.need'),
      )
      expect(told(draft)).toEqual(['FIELD_NOT_HERE ask when'])
      expect(check(draft)[0]?.message.zh).toBe('「需要」只在一部分路线上有值。请让每条路线都先经过「查库存」')
    })

    it('does not know what another port brings', () => {
      const draft = two(
        `in.out>map map.mapped>stock stock.out>end map.invalid>ask ${rest}`,
        v('order.urgent'),
      )
      expect(told(draft)).toEqual(['FIELD_NOT_HERE ask when'])
      expect(check(draft)[0]?.message.zh).toBe('「急单」在这里还没有值。请把「字段映射」放在前面')
    })

    it('refuses a node before what it needs is there', () => {
      const draft = two('in.out>stock stock.out>map map.mapped>end map.invalid>end', true).nodes.filter(
        ({ id }) => id !== 'ask',
      )
      const problems = check(graph(draft, 'in.out>stock stock.out>map map.mapped>end map.invalid>end'))
      expect(problems).toEqual([
        expect.objectContaining({
          code: 'NEED_NOT_MET',
          node: 'stock',
          message: expect.objectContaining({
            zh: '「查库存」要用到 order.items，这里还没有。请让订单先经过「字段映射」',
          }),
        }),
      ])
    })

    it('finds conditions wherever they stand in the params', () => {
      const rows = [
        { port: 'a', when: { '>': [v('order.paidFen'), 1] } },
        { port: 'a', when: { '>': [v('event.receivedAt'), 'x'] } },
        { port: 'a', when: nested(20_000) },
      ]
      const draft = graph([...start, node('t', 'logic.table', { rows })], 'in.out>t t.a>end')
      expect(told(draft)).toEqual([
        'FIELD_NOT_HERE t rows/0/when',
        'TYPE_MISMATCH t rows/1/when',
        'RULE_TOO_DEEP t rows/2/when',
      ])
    })
  })

  it('looks at a workflow of 500 nodes in well under a second', () => {
    const nodes = [node('in', 'order.received'), node('map', 'data.map'), node('end', 'flow.end')]
    const joined = ['in.out>map', 'map.invalid>end']
    let before = 'map.mapped'
    for (let index = 0; index < 497; index++) {
      nodes.push(node(`c${index}`, 'logic.condition', { when: { '>': [v('order.paidFen'), index] } }))
      joined.push(`${before}>c${index}`, `c${index}.no>end`)
      before = `c${index}.yes`
    }
    joined.push(`${before}>end`)
    const draft = graph(nodes, joined.join(' '))
    const began = performance.now()
    expect(check(draft)).toEqual([])
    expect(performance.now() - began).toBeLessThan(5_000)
  })

  it('never throws, whatever the document', () => {
    const anyNode = fc.record({
      id: fc.constantFrom('a', 'b', 'c', '__proto__'),
      type: fc.constantFrom(...definitions.keys(), 'nope'),
      params: fc.oneof(fc.object(), fc.constant({ when: { '>': [1, 2] } }), fc.anything()),
    })
    const anyEdge = fc.record({
      from: fc.constantFrom('a', 'b', 'c', 'd'),
      port: fc.constantFrom('out', 'yes', 'no', 'mapped', 'constructor'),
      to: fc.constantFrom('a', 'b', 'c', '__proto__'),
    })
    const anyDocument = fc.oneof(
      fc.record({
        nodes: fc.array(fc.oneof({ weight: 9, arbitrary: anyNode }, fc.anything())),
        edges: fc.array(anyEdge),
      }),
      fc.anything(),
    )
    fc.assert(
      fc.property(anyDocument, document => {
        for (const { message } of check(document))
          expect(message.zh + message.en).not.toMatch(/undefined|\[object/)
      }),
    )
  })
})
