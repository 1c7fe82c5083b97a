import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cyclesOf, reachableFrom, topologicalOrder } from '../../server/workflow/graph.ts'
import { graph, node } from './definitions.ts'

const drawn = (ids: string, joined: string) =>
  graph(
    [...ids].map(id => node(id, 'flow.end')),
    joined,
  )

describe('topologicalOrder', () => {
  it('puts every node after all that lead to it, else in the order of the drawing', () => {
    expect(topologicalOrder(drawn('dcba', 'a.x>b b.x>d a.x>d'))).toEqual(['c', 'a', 'b', 'd'])
  })

  it('leaves out a cycle and what only it leads to', () => {
    expect(topologicalOrder(drawn('abcde', 'a.x>b b.x>c c.x>b c.x>d'))).toEqual(['a', 'e'])
  })

  it('takes no notice of edges from and to nowhere', () => {
    expect(topologicalOrder(drawn('ab', 'gone.x>a a.x>lost'))).toEqual(['a', 'b'])
  })

  it('holds for every drawing without cycles', () => {
    const ids = 'abcdefgh'
    const pairs = fc.array(fc.tuple(fc.nat(7), fc.nat(7)).filter(([from, to]) => from < to))
    fc.assert(
      fc.property(pairs, fc.shuffledSubarray([...ids], { minLength: 8 }), (joined, names) => {
        const words = joined.map(([from, to]) => `${names[from]}.x>${names[to]}`).join(' ')
        const order = topologicalOrder(drawn(ids, words))
        expect([...order].sort().join('')).toBe(ids)
        for (const [from, to] of joined)
          expect(order.indexOf(names[from]!)).toBeLessThan(order.indexOf(names[to]!))
        expect(cyclesOf(drawn(ids, words))).toEqual([])
      }),
    )
  })
})

describe('cyclesOf', () => {
  it.each([
    ['a.x>a', [['a']]],
    ['a.x>b b.x>a', [['a', 'b']]],
    ['a.x>b b.x>c c.x>b', [['b', 'c']]],
    [
      'a.x>b b.x>a c.x>d d.x>c',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a.x>b b.x>c c.x>a a.x>d d.x>a', [['a', 'd']]],
  ])('finds one way round each knot of %s', (joined, cycles) => {
    expect(cyclesOf(drawn('abcd', joined))).toEqual(cycles)
  })
})

describe('reachableFrom', () => {
  it('follows every edge, round cycles too', () => {
    expect([...reachableFrom(['a'], drawn('abcd', 'a.x>b b.x>a b.x>c'))]).toEqual(['a', 'b', 'c'])
  })
})
