import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Document } from 'bson'
import { expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { runningStore } from '../support/running-store.ts'

const { db, uri } = await runningStore()
const path = decodeURIComponent(new URL(uri).host)

it('answers requests that come in one piece in their order', async () => {
  const socket = await open()
  const pings = [1, 2, 3].map(id => request(id, encode({ ping: 1, $db: 'admin' })))
  socket.write(Buffer.concat(pings))
  const replies = await read(socket, 3)
  expect(replies.map(reply => [reply.readInt32LE(8), Number(bodyOf(reply).ok)])).toEqual([
    [1, 1],
    [2, 1],
    [3, 1],
  ])
  socket.destroy()
})

it('stores no document whose bytes are damaged', async () => {
  const socket = await open()
  const damaged = encode({ _id: 1, text: 'hello' })
  damaged.writeInt32LE(1000, damaged.indexOf('text') + 'text\0'.length)
  const insert = encode({ insert: 'damaged', $db: 'orderloom' })
  socket.write(request(1, insert, sequence('documents', damaged)))
  const [reply] = await read(socket, 1)
  expect(bodyOf(reply!)).toMatchObject({ writeErrors: [{ index: { value: 0 }, code: { value: 22 } }] })
  expect(await db.collection('damaged').find().toArray()).toEqual([])
  socket.destroy()
})

it.each([
  ['a length no message has', () => Buffer.alloc(16, 0xff)],
  ['an opcode nobody speaks any more', () => withOpcode(2002)],
  ['a body that is no document', () => request(1, Buffer.from([9, 0, 0, 0, 1, 2, 3, 4, 5]))],
])('closes a connection on %s and serves the others', async (_, bytes) => {
  const socket = await open()
  socket.write(bytes())
  await once(socket, 'close')
  expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 })
})

async function open(): Promise<Socket> {
  const socket = connect(path)
  await once(socket, 'connect')
  return socket
}

/** The next replies, cut by their lengths. */
async function read(socket: Socket, wanted: number): Promise<Buffer[]> {
  const replies: Buffer[] = []
  let bytes = Buffer.alloc(0)
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    bytes = Buffer.concat([bytes, chunk])
    while (bytes.length >= 4 && bytes.length >= bytes.readInt32LE(0)) {
      const length = bytes.readInt32LE(0)
      replies.push(bytes.subarray(0, length))
      bytes = bytes.subarray(length)
    }
    if (replies.length >= wanted) break
  }
  return replies
}

function bodyOf(reply: Buffer): Document {
  return decode(reply.subarray(21))
}

function request(id: number, body: Buffer, ...sections: Buffer[]): Buffer {
  const head = Buffer.alloc(21)
  const message = Buffer.concat([head, body, ...sections])
  message.writeInt32LE(message.length, 0)
  message.writeInt32LE(id, 4)
  message.writeInt32LE(2013, 12)
  return message
}

function withOpcode(opcode: number): Buffer {
  const message = request(1, encode({ ping: 1 }))
  message.writeInt32LE(opcode, 12)
  return message
}

function sequence(name: string, document: Buffer): Buffer {
  const section = Buffer.concat([Buffer.of(1), Buffer.alloc(4), Buffer.from(`${name}\0`), document])
  section.writeInt32LE(section.length - 1, 1)
  return section
}
