import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  Binary,
  BSON,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  type MongoClient,
  ObjectId,
  Timestamp,
  UUID,
} from 'mongodb'
import type { Console } from '../../../server/embedded/tools/console.ts'
import { insertRaw } from '../../../server/embedded/tools/raw-documents.ts'
import type { Text } from '../../../server/workflow/text.ts'

/** One document for each type of BSON, the ones no longer written too. */
export const EVERY_TYPE: readonly Buffer[] = [
  ...[
    new Double(0.1),
    new Double(-0),
    new Double(Number.NaN),
    new Double(3),
    'text with 中文 and \u0000',
    { b: 1, a: { nested: [] }, 2: 'numbers for names', 10: 'in this order', 1: '' },
    [1, 'two', [3, { four: 4 }]],
    new Binary(Buffer.from('bytes'), 0),
    new Binary(Buffer.from('old'), 0x80),
    new UUID('3c3d9f07-0c2f-452e-94df-f5f7098e2693'),
    new ObjectId('65f0c0ffee65f0c0ffee65f0'),
    true,
    new Date(-1),
    null,
    new BSONRegExp('^a.*b$', 'im'),
    new Code('function () {}'),
    new Code('function () { return x }', { x: 1 }),
    new BSONSymbol('symbol'),
    new Int32(-2147483648),
    new Timestamp({ t: 7, i: 9 }),
    Long.fromString('-9223372036854775808'),
    Decimal128.fromString('1.10'),
    Decimal128.fromString('-Infinity'),
    new MinKey(),
    new MaxKey(),
  ].map((v, _id) => encode({ _id, v })),
  withValue(100, 0x06, Buffer.alloc(0)),
  withValue(101, 0x0c, Buffer.concat([encodeText('db.other'), Buffer.alloc(12, 7)])),
  // A name that comes twice.
  Buffer.concat([
    lengthOf(4 + 9 + 7 + 7 + 1),
    intField('_id', 102),
    intField('x', 1),
    intField('x', 2),
    Buffer.of(0),
  ]),
]

/** Every kind of index the store knows. */
const EVERY_INDEX: readonly Document[] = [
  { key: { a: 1 }, name: 'up' },
  { key: { a: -1, 'b.c': 1 }, name: 'compound' },
  { key: { u: 1 }, name: 'unique', unique: true },
  { key: { s: 1 }, name: 'sparse', sparse: true },
  {
    key: { p: 1 },
    name: 'partial',
    partialFilterExpression: { p: { $gt: new Long(5) }, at: { $lt: new Date(0) } },
  },
  { key: { at: 1 }, name: 'timed', expireAfterSeconds: 2147483647 },
  { key: { many: 1 }, name: 'multikey' },
]

/** Fills a database with one collection of every type, one with every index, and an empty one. */
export async function fillSample(client: MongoClient, orders = 50): Promise<void> {
  const db = client.db()
  await insertRaw(db, 'types', EVERY_TYPE)
  await db.createCollection('nothing: here/yet')
  const collection = db.collection<{ _id: string }>('orders')
  await db.command({ createIndexes: 'orders', indexes: EVERY_INDEX })
  await collection.insertMany(
    Array.from({ length: orders }, (_, i) => ({
      _id: `order ${i}`,
      a: i % 7,
      b: [{ c: i }, { c: -i }],
      u: i,
      ...(i % 2 === 0 && { s: `s${i}` }),
      p: Long.fromNumber(i % 10),
      at: new Date(i % 3 === 0 ? -1 : Date.now()),
      many: [i, i % 5, 'x'.repeat(i * 60)],
    })),
  )
}

/** The files of a dump with their contents; what the server makes anew each time is blanked. */
export function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  return Object.fromEntries(
    names
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .map(path => [
        path.slice(folder.length + 1),
        readFileSync(path, 'latin1').replace(/"uuid":"[0-9a-f]{32}"/, '"uuid":""'),
      ]),
  )
}

/** What a process that is killed at this moment leaves of its data folder, without the address of the living one. */
export function copyAsKilled(dataDir: string, to: string): void {
  const run = join(dataDir, 'store', 'run')
  cpSync(join(dataDir, 'store'), join(to, 'store'), { recursive: true, filter: path => path !== run })
}

/** Remembers what a tool says. */
export function listeningConsole(): Console & { said: Text[] } {
  const said: Text[] = []
  return { said, say: text => said.push(text), progress() {} }
}

export function encode(document: Document): Buffer {
  return Buffer.from(BSON.serialize(document))
}

function withValue(id: number, type: number, value: Buffer): Buffer {
  const field = Buffer.concat([Buffer.of(type), Buffer.from('v\0'), value])
  const body = Buffer.concat([intField('_id', id), field, Buffer.of(0)])
  return Buffer.concat([lengthOf(4 + body.length), body])
}

function intField(name: string, value: number): Buffer {
  return Buffer.concat([Buffer.of(0x10), Buffer.from(`${name}\0`), lengthOf(value)])
}

function encodeText(text: string): Buffer {
  const bytes = Buffer.from(`${text}\0`)
  return Buffer.concat([lengthOf(bytes.length), bytes])
}

function lengthOf(length: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32LE(length)
  return bytes
}
