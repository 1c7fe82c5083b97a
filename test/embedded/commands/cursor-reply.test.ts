import { Double, Long } from 'bson'
import { expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { cursorReply } from '../../../server/embedded/commands/cursor-reply.ts'

it.each([0, 1, 9, 120, 1200])('carries %i documents as they are', count => {
  const documents = Array.from({ length: count }, (_, n) => encode({ n, text: '织单'.repeat(n % 7) }))
  const id = count === 0 ? 0n : 2n ** 60n
  const raw = cursorReply('nextBatch', 'db.订单', id, { documents, isLast: false })
  expect(decode(raw)).toEqual({
    cursor: { nextBatch: documents.map(decode), id: Long.fromBigInt(id), ns: 'db.订单' },
    ok: new Double(1),
  })
  expect(encode(decode(raw))).toEqual(raw)
})
