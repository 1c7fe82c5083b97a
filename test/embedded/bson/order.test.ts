import {
  Binary,
  BSONRegExp,
  Code,
  DBRef,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'
import { describe, expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { compareRaw } from '../../../server/embedded/bson/compare.ts'
import { encodeRaw } from '../../../server/embedded/bson/key.ts'
import { documentValue } from '../../../server/embedded/bson/node.ts'
import { type RawValue, rawField } from '../../../server/embedded/bson/raw.ts'

const long = (text: string) => Long.fromString(text)
const decimal = (text: string) => Decimal128.fromString(text)
const id = (digit: string) => new ObjectId(digit.repeat(24))

function raw(value: unknown): RawValue {
  return rawField(encode({ value }), 'value')!
}

/** Types the library cannot write any more, as bytes. */
function deprecated(type: number, bytes: Buffer): RawValue {
  return { type, bytes, start: 0, end: bytes.length }
}

function symbol(text: string): RawValue {
  const { bytes, start, end } = raw(text)
  return deprecated(0x0e, Buffer.from(bytes.subarray(start, end)))
}

function dbPointer(name: string, digit: string): RawValue {
  const { bytes, start, end } = raw(name)
  return deprecated(0x0c, Buffer.concat([bytes.subarray(start, end), Buffer.from(digit.repeat(24), 'hex')]))
}

/** From the smallest to the greatest, as the manual orders them; those of one line are equal. */
const ORDER: RawValue[][] = [
  [raw(new MinKey())],
  [deprecated(0x06, Buffer.alloc(0))],
  [raw(null)],
  [raw(new Double(NaN)), raw(decimal('NaN'))],
  [raw(new Double(-Infinity)), raw(decimal('-Infinity'))],
  [raw(decimal('-1E+6000'))],
  [raw(new Double(-Number.MAX_VALUE))],
  [raw(Long.MIN_VALUE), raw(new Double(-(2 ** 63))), raw(decimal('-9223372036854775808'))],
  [raw(long('-9007199254740993')), raw(decimal('-9007199254740993'))],
  [raw(long('-9007199254740992')), raw(new Double(-(2 ** 53)))],
  [raw(new Int32(-1)), raw(long('-1')), raw(new Double(-1)), raw(decimal('-1.000'))],
  [raw(decimal('-1E-6000'))],
  [raw(new Int32(0)), raw(new Double(-0)), raw(Long.ZERO), raw(decimal('-0')), raw(decimal('0E+10'))],
  [raw(decimal('1E-6000'))],
  [raw(new Double(5e-324))],
  [raw(decimal('0.1'))],
  [raw(new Double(0.1))],
  [raw(new Double(0.5)), raw(decimal('0.5')), raw(decimal('0.50'))],
  [raw(new Int32(1)), raw(decimal('1'))],
  [raw(long('9007199254740992')), raw(new Double(2 ** 53))],
  [raw(long('9007199254740993')), raw(decimal('9007199254740993')), raw(decimal('9007199254740993.0'))],
  [raw(decimal('9007199254740993.5'))],
  [raw(long('9007199254740994')), raw(new Double(2 ** 53 + 2))],
  [raw(Long.MAX_VALUE)],
  [raw(new Double(2 ** 63)), raw(decimal('9223372036854775808'))],
  [raw(new Double(Number.MAX_VALUE))],
  [raw(decimal('1E+6000'))],
  [raw(new Double(Infinity)), raw(decimal('Infinity'))],
  [raw(''), symbol('')],
  [raw('\0')],
  [raw('A'), symbol('A')],
  [raw('a')],
  [raw('a\0')],
  [raw('aa')],
  [raw('é')],
  [raw('订')],
  [raw('\uffff')],
  [raw('😀')],
  [raw({})],
  [raw({ a: null })],
  [raw({ a: 1 }), raw({ a: new Double(1) })],
  [raw({ a: 1, b: 1 })],
  [raw({ a: 2 })],
  [raw({ b: 1 })],
  [raw(new DBRef('x', new Int32(1) as never))],
  [raw({ a: 'x' })],
  [raw({ a: { b: 1 } })],
  [raw({ a: [1] })],
  [raw([])],
  [raw([1])],
  [raw([1, 2])],
  [raw([2])],
  [raw(['a'])],
  [raw([[]])],
  [raw(new Binary(Buffer.alloc(0)))],
  [raw(new Binary(Buffer.from([2])))],
  [raw(new Binary(Buffer.from([1]), 5))],
  [raw(new Binary(Buffer.from([1, 1])))],
  [raw(new Binary(Buffer.alloc(16), 4))],
  [raw(id('0'))],
  [raw(id('f'))],
  [raw(false)],
  [raw(true)],
  [raw(new Date(-8.64e15))],
  [raw(new Date(-(2 ** 32) - 1))],
  [raw(new Date(-(2 ** 32)))],
  [raw(new Date(-1))],
  [raw(new Date(0))],
  [raw(new Date(2 ** 32))],
  [raw(new Date(8.64e15))],
  [raw(new Timestamp({ t: 0, i: 1 }))],
  [raw(new Timestamp({ t: 1, i: 0 }))],
  [raw(new Timestamp({ t: 1, i: 0xffff_ffff }))],
  [raw(new Timestamp({ t: 0xffff_ffff, i: 0 }))],
  [raw(new BSONRegExp('a', ''))],
  [raw(new BSONRegExp('a', 'i'))],
  [raw(new BSONRegExp('b', ''))],
  [dbPointer('a', '0')],
  [dbPointer('a', 'f')],
  [dbPointer('bb', '0')],
  [raw(new Code('a'))],
  [raw(new Code('b'))],
  [raw(new Code('a', { x: 1 }))],
  [raw(new Code('a', { x: 2 }))],
  [raw(new Code('b', { x: 1 }))],
  [raw(new MaxKey())],
]

/** A missing field, undefined and null have the same key; what tells them apart is looked at afterwards. */
const NULLISH = new Set([0x06, 0x0a])

/** The pairs that `order` does not put as they should be, by their lines. */
function misplaced(order: (a: RawValue, b: RawValue) => number): string[] {
  const wrong: string[] = []
  for (const [i, left] of ORDER.entries())
    for (const [j, right] of ORDER.entries())
      for (const a of left)
        for (const b of right) if (order(a, b) !== Math.sign(i - j)) wrong.push(`${i} and ${j}`)
  return wrong
}

describe('the order of values', () => {
  it('is the one of MongoDB, for every pair of them', () => {
    expect(misplaced(compareRaw)).toEqual([])
  })

  it('is the order of their keys', () => {
    const byKey = (a: RawValue, b: RawValue) =>
      NULLISH.has(a.type) && NULLISH.has(b.type)
        ? compareRaw(a, b)
        : Buffer.compare(encodeRaw(a), encodeRaw(b))
    expect(misplaced(byKey)).toEqual([])
  })

  it('holds inside documents', () => {
    expect(misplaced((a, b) => compareRaw(wrapped(a), wrapped(b)))).toEqual([])
  })
})

/** `{ a: value }` */
function wrapped({ type, bytes, start, end }: RawValue): RawValue {
  const body = Buffer.concat([Buffer.from([type, 0x61, 0]), bytes.subarray(start, end), Buffer.alloc(1)])
  const size = Buffer.alloc(4)
  size.writeInt32LE(body.length + 4)
  return documentValue(Buffer.concat([size, body]))
}
