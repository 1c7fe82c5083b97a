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

/** The reply to `request` as parts to be written; `bson` is its document. */
export function writeReply(request: Request, bson: Uint8Array): Uint8Array[] {
  const prelude = request.isQuery ? queryReplyPrelude() : Buffer.alloc(5)
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeInt32LE(HEADER_BYTES + prelude.length + bson.length, 0)
  header.writeInt32LE(request.id, 8)
  header.writeInt32LE(request.isQuery ? OPCODE.reply : OPCODE.message, 12)
  return [header, prelude, bson]
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

function documentsIn(message: Buffer, start: number, end: number): Uint8Array[] {
  const documents: Uint8Array[] = []
  for (let at = start; at < end; ) {
    const size = readInt32(message, at)
    if (size < 5 || at + size > end) throw mongoError('InvalidBSON', 'a document reaches past its sequence')
    documents.push(message.subarray(at, at + size))
    at += size
  }
  return documents
}

/** What stands before the document of an OP_REPLY: flags (await capable), cursor id, start, count of documents. */
function queryReplyPrelude(): Buffer {
  const prelude = Buffer.alloc(20)
  prelude.writeInt32LE(8, 0)
  prelude.writeInt32LE(1, 16)
  return prelude
}
