import type { Document } from 'bson'
import { decode } from '../bson/codec.ts'
import { readInt32 } from '../bson/raw.ts'
import { mongoError } from '../errors.ts'
import { HEADER_BYTES } from './framing.ts'

/** Opcodes of MongoDB's wire protocol; all others are gone since MongoDB 5.1. */
const OPCODE = { reply: 1, query: 2004, message: 2013 } as const

/** Flag bits of OP_MSG: a checksum follows the body; the sender wants no reply. */
const FLAG = { checksumPresent: 1, moreToCome: 2 } as const

/** A request as it came from a client. */
export interface Request {
  id: number
  /** The command; arrays that came as document sequences are in `sequences` instead. */
  body: Document
  /** Documents sent beside the body, by field name, still as BSON. */
  sequences: Map<string, Uint8Array[]>
  wantsReply: boolean
  /** The handshake's old form, answered in its old form. */
  isQuery: boolean
}

/** Reads one whole message. Throws MongoError for an opcode or a layout this server does not speak. */
export function readRequest(message: Buffer): Request {
  const opcode = readInt32(message, 12)
  if (opcode === OPCODE.message) return readMessage(message)
  if (opcode === OPCODE.query) return readQuery(message)
  throw mongoError('CommandNotSupported', `opcode ${opcode} is not supported`)
}

/** A reply up to this length is written at once: copying it costs less than writing two parts. */
const ONE_PART_BYTES = 16 * 1024

/** The reply to `request` as parts to be written; `bson` is its document. */
export function writeReply(request: Request, bson: Uint8Array): Uint8Array[] {
  const prelude = request.isQuery ? QUERY_REPLY_PRELUDE : MESSAGE_PRELUDE
  const before = HEADER_BYTES + prelude.length
  const isOnePart = bson.length <= ONE_PART_BYTES
  const head = Buffer.allocUnsafe(before + (isOnePart ? bson.length : 0))
  head.writeInt32LE(before + bson.length, 0)
  head.writeInt32LE(0, 4)
  head.writeInt32LE(request.id, 8)
  head.writeInt32LE(request.isQuery ? OPCODE.reply : OPCODE.message, 12)
  head.set(prelude, HEADER_BYTES)
  if (!isOnePart) return [head, bson]
  head.set(bson, before)
  return [head]
}

function readMessage(message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER_BYTES)
  const end = message.length - (flags & FLAG.checksumPresent ? 4 : 0)
  const sequences = new Map<string, Uint8Array[]>()
  let body: Document | undefined
  let at = HEADER_BYTES + 4
  while (at < end) {
    const kind = message[at++]
    const size = readInt32(message, at)
    if (size < 5 || at + size > end) throw mongoError('InvalidBSON', 'a section reaches past its message')
    if (kind === 0) body = decode(message.subarray(at, at + size))
    else if (kind === 1) {
      const nameEnd = message.indexOf(0, at + 4)
      sequences.set(message.toString('utf8', at + 4, nameEnd), documentsIn(message, nameEnd + 1, at + size))
    } else throw mongoError('InvalidBSON', `a section of kind ${kind} is unknown`)
    at += size
  }
  if (!body) throw mongoError('InvalidBSON', 'the message has no body')
  const wantsReply = (flags & FLAG.moreToCome) === 0
  return { id: readInt32(message, 4), body, sequences, wantsReply, isQuery: false }
}

/** OP_QUERY: flags, the collection's name, skip, return count, then the command. Only the handshake uses it. */
function readQuery(message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4)
  const collection = message.toString('utf8', HEADER_BYTES + 4, nameEnd)
  if (!collection.endsWith('.$cmd'))
    throw mongoError('CommandNotSupported', 'OP_QUERY is supported for commands only')
  const command = decode(message.subarray(nameEnd + 9))
  const body = { ...command, $db: collection.slice(0, -'.$cmd'.length) }
  return { id: readInt32(message, 4), body, sequences: new Map(), wantsReply: true, isQuery: true }
}

/** The documents that stand one behind the other in a part of a message. */
export function documentsIn(message: Buffer, start: number, end: number): Uint8Array[] {
  const documents: Uint8Array[] = []
  for (let at = start; at < end; ) {
    const size = readInt32(message, at)
    if (size < 5 || at + size > end) throw mongoError('InvalidBSON', 'a document reaches past its sequence')
    documents.push(message.subarray(at, at + size))
    at += size
  }
  return documents
}

/** What stands before the document of an OP_MSG: flags, the kind of the section. */
const MESSAGE_PRELUDE = Buffer.alloc(5)

/** What stands before the document of an OP_REPLY: flags (await capable), cursor id, start, count of documents. */
const QUERY_REPLY_PRELUDE = Buffer.alloc(20)
QUERY_REPLY_PRELUDE.writeInt32LE(8, 0)
QUERY_REPLY_PRELUDE.writeInt32LE(1, 16)
