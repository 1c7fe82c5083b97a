import fc from 'fast-check'
import { expect, it } from 'vitest'
import { utf8Text } from '../../server/intake/utf8-text.ts'

it.each([
  ['nothing', Buffer.alloc(0)],
  ['ASCII', Buffer.from('{"id":"A1"}')],
  ['Chinese', Buffer.from('{"name":"王小明"}')],
  ['characters beyond two bytes', Buffer.from('送货 📦')],
  ['a byte order mark', Buffer.from('\uFEFF{}')],
  ['a character that is cut off', Buffer.from('王').subarray(0, 2)],
  ['GBK', Buffer.from([0xcd, 0xf5, 0xd0, 0xa1])],
])('reads %s as any reader of UTF-8 does', (_, bytes) => {
  expect(utf8Text(bytes)).toBe(bytes.toString('utf8'))
})

it('reads any bytes as any reader of UTF-8 does', () => {
  fc.assert(
    fc.property(fc.uint8Array(), array => {
      const bytes = Buffer.from(array)
      expect(utf8Text(bytes)).toBe(bytes.toString('utf8'))
    }),
  )
})
