import { expect, it } from 'vitest'
import { gate } from '../../server/engine/gate.ts'

/** Lets everything that may go on go on. */
const settle = () => new Promise(resolve => setImmediate(resolve))

it('lets so many through at a time, in the order in which they came, and more when more may', async () => {
  let most = 1
  const { enter, leave } = gate(() => most)
  const inside: string[] = []
  for (const name of ['a', 'b', 'c', 'd']) void enter().then(() => inside.push(name))
  await settle()
  expect(inside).toEqual(['a'])
  leave()
  await settle()
  expect(inside).toEqual(['a', 'b'])
  most = 3
  leave()
  await settle()
  expect(inside).toEqual(['a', 'b', 'c', 'd'])
})
