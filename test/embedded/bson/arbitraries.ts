import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson'
import fc from 'fast-check'

/** Doubles around which number types differ most. */
const EDGES = [0, -0, 1, -1, 0.1, 1.5, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 2 ** 63, -(2 ** 63), 1e300, 5e-324]

const DECIMALS = [
  '0',
  '-0',
  '0.1',
  '0.10',
  '1',
  '1.5',
  '1E+3',
  '9007199254740993',
  '1E+400',
  '-1E+400',
  '1E-400',
]

/** Numbers of all four types, often close to each other. */
export const anyNumber = fc.oneof(
  fc.integer({ min: -5, max: 5 }).map(value => new Int32(value)),
  fc.integer().map(value => new Int32(value)),
  fc.constantFrom(...EDGES).map(value => new Double(value)),
  fc.double().map(value => new Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(value => Long.fromBigInt(value)),
  fc.bigInt({ min: 2n ** 53n - 4n, max: 2n ** 53n + 4n }).map(value => Long.fromBigInt(value)),
  fc.constantFrom(...DECIMALS, 'NaN', 'Infinity', '-Infinity').map(text => Decimal128.fromString(text)),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 33n), max: 10n ** 33n }), fc.integer({ min: -40, max: 40 }))
    .map(([digits, power]) => Decimal128.fromString(`${digits}E${power}`)),
)

const text = fc.oneof(
  fc.constantFrom('', 'a', 'a\0', 'a\0b', 'ab', 'é', '订单', '😀'),
  fc.string({ maxLength: 6 }),
)

/** Values of every type that is not made of others. */
export const anyScalar = fc.oneof(
  { weight: 4, arbitrary: anyNumber },
  { weight: 3, arbitrary: text },
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map(bytes => new ObjectId(bytes)),
  fc
    .tuple(fc.uint8Array({ maxLength: 4 }), fc.constantFrom(0, 4, 128))
    .map(([bytes, type]) => new Binary(bytes, type)),
  fc
    .tuple(fc.constantFrom('a', 'ab', '^a'), fc.constantFrom('', 'i'))
    .map(([pattern, options]) => new BSONRegExp(pattern, options)),
  fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp({ t, i })),
  text.map(code => new Code(code.replaceAll('\0', ''))),
  text.map(code => new Code(code.replaceAll('\0', ''), { x: new Int32(1) })),
  fc.constantFrom(new MinKey(), new MaxKey()),
)

const fieldName = fc.constantFrom('a', 'b', 'c', '0', 'é')

/** Values of every type, nested. */
export const anyValue: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 5, arbitrary: anyScalar },
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fieldName, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value
