import { expect, it } from 'vitest'
import { createFramer, HEADER_BYTES } from '../../../server/embedded/wire/framing.ts'

function message(length: number, fill: number): Buffer {
  const bytes = Buffer.alloc(length, fill)
  bytes.writeInt32LE(length, 0)
  return bytes
}

const stream = Buffer.concat([message(16, 1), message(100, 2), message(37, 3), message(5000, 4)])

it.each([1, 3, 15, 16, 17, 100, 1000, 10_000])('finds the messages in chunks of %d bytes', size => {
  const found: Buffer[] = []
  const feed = createFramer(one => found.push(Buffer.from(one)))
  for (let at = 0; at < stream.length; at += size) feed(stream.subarray(at, at + size))
  expect(found.map(one => [one.length, one.at(-1)])).toEqual([
    [16, 1],
    [100, 2],
    [37, 3],
    [5000, 4],
  ])
})

it.each([-1, 0, HEADER_BYTES - 1, 48_000_001])('refuses a message that claims %d bytes', length => {
  const feed = createFramer(() => expect.unreachable())
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeInt32LE(length, 0)
  expect(() => feed(header)).toThrow(RangeError)
})
