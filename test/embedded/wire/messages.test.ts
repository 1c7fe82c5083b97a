import { type Document, Double } from 'bson'
import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../../server/embedded/bson/codec.ts'
import { readRequest, writeReply } from '../../../server/embedded/wire/messages.ts'
import { rawDocument, rawDouble, rawField } from '../../../server/embedded/wire/raw-bson.ts'

describe('a request', () => {
  it('is read with its body and its sequences', () => {
    const { body, sequences, wantsReply, id } = readRequest(
      opMsg(0, section(0, encode({ insert: 'c' })), sequence('documents', [{ a: 1 }, { a: 2 }])),
    )
    expect(body).toEqual({ insert: 'c' })
    expect(sequences.get('documents')?.map(raw => Number(decode(raw).a))).toEqual([1, 2])
    expect([wantsReply, id]).toEqual([true, 7])
  })

  it('may want no reply, and may carry a checksum', () => {
    expect(readRequest(opMsg(2, section(0, encode({ ping: 1 })))).wantsReply).toBe(false)
    const summed = opMsg(1, section(0, encode({ ping: 1 })), Buffer.alloc(4, 0xff))
    expect(Object.keys(readRequest(summed).body)).toEqual(['ping'])
  })

  it('may be the old form of a handshake, and is answered in it', () => {
    const header = Buffer.alloc(16)
    header.writeInt32LE(2004, 12)
    const rest = [Buffer.alloc(4), Buffer.from('admin.$cmd\0'), Buffer.alloc(8), encode({ isMaster: 1 })]
    const request = readRequest(Buffer.concat([header, ...rest]))
    expect([request.body.$db, Object.keys(request.body)[0]]).toEqual(['admin', 'isMaster'])
    const reply = Buffer.concat(writeReply(request, encode({ ok: 1 })))
    expect([reply.readInt32LE(12), reply.readInt32LE(32), reply.readInt32LE(0)]).toEqual([1, 1, reply.length])
    expect(Number(decode(reply.subarray(36)).ok)).toBe(1)
  })

  it.each([
    ['an unknown opcode', () => withOpcode(2012)],
    ['an unknown section', () => opMsg(0, section(9, encode({})))],
    ['no body', () => opMsg(0, sequence('documents', [{}]))],
    ['a section past its end', () => opMsg(0, Buffer.from([0, 255, 0, 0, 0]))],
    ['a document past its sequence', () => opMsg(0, badSequence())],
  ])('is refused with %s', (_, make) => {
    expect(() => readRequest(make())).toThrow()
  })
})

it('writes a reply to the request it answers', () => {
  const request = readRequest(opMsg(0, section(0, encode({ ping: 1 }))))
  const reply = Buffer.concat(writeReply(request, encode({ ok: 1 })))
  expect([reply.readInt32LE(0), reply.readInt32LE(8), reply.readInt32LE(12)]).toEqual([reply.length, 7, 2013])
})

it('writes BSON around BSON', () => {
  const raw = rawDocument([rawField('value', 3, encode({ text: '织单' })), rawDouble('ok', 1)])
  expect(decode(raw)).toEqual({ value: { text: '织单' }, ok: new Double(1) })
})

function opMsg(flags: number, ...parts: Buffer[]): Buffer {
  const head = Buffer.alloc(20)
  head.writeInt32LE(7, 4)
  head.writeInt32LE(2013, 12)
  head.writeInt32LE(flags, 16)
  return Buffer.concat([head, ...parts])
}

function withOpcode(opcode: number): Buffer {
  const bytes = opMsg(0, section(0, encode({})))
  bytes.writeInt32LE(opcode, 12)
  return bytes
}

function section(kind: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.of(kind), body])
}

function sequence(name: string, documents: Document[]): Buffer {
  const body = Buffer.concat([Buffer.alloc(4), Buffer.from(`${name}\0`), ...documents.map(encode)])
  body.writeInt32LE(body.length, 0)
  return section(1, body)
}

function badSequence(): Buffer {
  const bytes = sequence('documents', [{ a: 1 }])
  bytes.writeInt32LE(200, 1 + 4 + 'documents\0'.length)
  return bytes
}
