import { afterAll, expect, it } from 'vitest'
import { ALL_KEYS, openTree } from '../../../server/embedded/store/tree.ts'
import { temporaryFolder } from '../support/running-store.ts'

const tree = openTree(temporaryFolder(), 'commit')
afterAll(() => tree.close())

const TABLE = 20
const SIZES = [0, 1, 7, 96, 97, 4000, 4097, 32_768, 32_769, 70_000, 300_000, 5, 2_000_000, 33_000, 3]

it('gives values of any length as they were put, and leaves them alone when others are read', () => {
  tree.transact(() => {
    for (const [n, size] of SIZES.entries()) tree.put(TABLE, Buffer.of(n), bytesFor(n, size))
  })
  const single = SIZES.map((_, n) => tree.get(TABLE, Buffer.of(n)))
  const walked = tree.first(TABLE, ALL_KEYS, SIZES.length)
  for (const [n, size] of SIZES.entries()) {
    expect(single[n]?.equals(bytesFor(n, size)), `${size} bytes`).toBe(true)
    expect(walked[n]?.value.equals(bytesFor(n, size)), `${size} bytes in a walk`).toBe(true)
  }
})

function bytesFor(n: number, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, (_, i) => (i * 31 + n) & 0xff))
}
