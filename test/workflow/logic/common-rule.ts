import fc from 'fast-check'

/** Names common rules read: few, so that rules and data meet; some exist on prototypes of what data may be. */
const NAMES = ['a', 'b', 'n', 'length', 'size', 'constructor', '__proto__', 'toString', '0', '']
const ORDERS = ['>', '>=', '<', '<=']
const EQUALITIES = ['==', '!=', '===', '!==']

const constant = fc.oneof(
  fc.constantFrom(0, -0, 1, 2, -1, 0.5, 200, '', '0', '1', '2.5', 'a', ' 1 ', 'NaN', true, false, null),
  fc.integer({ min: -3, max: 3 }),
)

/** Values as data may hold them, also such as no JSON has. */
const value = fc.oneof(
  { weight: 4, arbitrary: constant },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      new Date(0),
      new Date(1),
      new Date(Number.NaN),
      10n,
      [],
      [1],
      ['a', 'b'],
    ),
  },
)

class Kind {
  declare n: unknown
  a: unknown
  constructor(a: unknown) {
    this.a = a
  }
  get size() {
    return 'of the class'
  }
}
Object.defineProperty(Kind.prototype, 'n', { value: 'inherited' })

/** Objects as they come from JSON, and as they do not: without a prototype, of a class, or on top of another object. */
function holderOf(inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const entries = fc.array(fc.tuple(fc.constantFrom(...NAMES), inner), { maxLength: 6 })
  const plain = entries.map(each => define({}, each))
  return fc.oneof(
    { weight: 8, arbitrary: plain },
    { weight: 1, arbitrary: entries.map(each => define(Object.create(null), each)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(entries, entries)
        .map(([below, own]) => define(Object.create(define({}, below)), own)),
    },
    { weight: 1, arbitrary: inner.map(a => new Kind(a)) },
    {
      weight: 1,
      arbitrary: inner.map(
        a =>
          new Map<unknown, unknown>([
            ['a', a],
            ['n', 1],
          ]),
      ),
    },
    { weight: 1, arbitrary: fc.array(inner, { maxLength: 3 }) },
  )
}

/** Own properties whatever their names: assigning to `__proto__` would set the prototype. */
function define(target: object, entries: readonly (readonly [string, unknown])[]): object {
  for (const [name, held] of entries)
    Object.defineProperty(target, name, { value: held, enumerable: true, configurable: true, writable: true })
  return target
}

/** Data up to three objects deep. */
export const commonData: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 9, arbitrary: holderOf(fc.oneof(value, holderOf(fc.oneof(value, holderOf(value))))) },
  { weight: 1, arbitrary: value },
)

// Few enough that each has a place of its own to be read in: see `siteReader`.
const PATHS: readonly string[] = [
  ...['a', 'b', 'n', 'length', 'size', '0', 'constructor', '__proto__', 'toString'],
  ...['a.a', 'a.b', 'b.n', 'n.a', 'a.length', 'b.size', 'a.0', '0.a', 'n.n'],
  ...['a.constructor', 'a.__proto__', '__proto__.a', 'constructor.name', '', 'a.', '.a'],
  ...['a.a.a', 'a.b.n', 'b.a.n', 'n.b.a', 'a.n.length', 'b.a.size', '0.a.b', 'a.b.constructor', '..'],
  ...['a.a.a.a', 'a.b.n.a', 'b.a.n.length', 'n.b.a.0'],
]

/** Paths of one to four names. */
export const commonPath: fc.Arbitrary<string> = fc.constantFrom(...PATHS)

const variable = fc.oneof(
  { weight: 6, arbitrary: commonPath.map(path => ({ var: path })) },
  { weight: 1, arbitrary: fc.tuple(commonPath, constant).map(given => ({ var: given })) },
)

const comparison = fc
  .tuple(
    fc.constantFrom(...ORDERS, ...EQUALITIES),
    fc.oneof(
      { weight: 4, arbitrary: fc.tuple(variable, constant) },
      { weight: 4, arbitrary: fc.tuple(variable, variable) },
      { weight: 1, arbitrary: fc.tuple(constant, variable) },
      { weight: 1, arbitrary: variable.map(one => [one]) },
    ),
  )
  .map(([operator, args]) => ({ [operator]: args }))

const part = fc.oneof(
  { weight: 6, arbitrary: comparison },
  { weight: 2, arbitrary: variable },
  { weight: 1, arbitrary: constant },
  { weight: 1, arbitrary: variable.map(one => ({ '!': one })) },
)

const joined = fc
  .tuple(fc.constantFrom('and', 'or'), fc.array(part, { minLength: 1, maxLength: 6 }))
  .map(([operator, parts]) => ({ [operator]: parts }))

/** Rules as people write them, of the shapes the compiler has closures of their own for. */
export const commonRule: fc.Arbitrary<unknown> = fc.oneof(
  comparison,
  joined,
  fc.array(fc.oneof(part, joined), { minLength: 1, maxLength: 13 }).map(parts => ({ if: parts })),
)
