import fc from 'fast-check'
import { expect, it } from 'vitest'
import { idTable } from '../../../server/intake/journal/id-table.ts'

it('finds every id under its number, and none that was taken out or never set, as a Map would', () => {
  // Few different ids, so that they are set, found and taken out again and again.
  const step = fc.record({ id: fc.nat(300).map(n => `店:${n}#x`), isSet: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 2_000 }), steps => {
      const table = idTable()
      const map = new Map<string, number>()
      const ids: string[] = []
      const find = (id: string) => table.find(id, number => ids[number] === id)
      for (const { id, isSet } of steps) {
        expect(find(id)).toBe(map.get(id))
        const known = map.get(id)
        if (isSet && known === undefined) {
          map.set(id, ids.length)
          table.set(id, ids.length)
          ids.push(id)
        } else if (!isSet && known !== undefined) {
          map.delete(id)
          table.remove(id, known)
        }
      }
      for (const id of ids) expect(find(id)).toBe(map.get(id))
    }),
    { numRuns: 30 },
  )
})

it('keeps finding all of a hundred thousand while it grows and shrinks', () => {
  const table = idTable()
  const idOf = (number: number) => `shop:W${number}#abcdefghijkl`
  const has = (number: number) => table.find(idOf(number), each => each === number) === number
  for (let number = 0; number < 100_000; number++) table.set(idOf(number), number)
  for (let number = 0; number < 100_000; number += 2) table.remove(idOf(number), number)
  for (let number = 0; number < 100_000; number++)
    if (has(number) !== (number % 2 === 1)) throw new Error(`${number} is ${has(number) ? 'there' : 'gone'}`)
})

it('asks whether it is the one where two ids share a number of 64 bits', () => {
  const table = idTable()
  table.set('same', 1)
  expect(table.find('same', () => false)).toBeUndefined()
  table.set('same', 2)
  expect(table.find('same', number => number === 2)).toBe(2)
  table.remove('same', 1)
  expect(table.find('same', number => number === 2)).toBe(2)
})
