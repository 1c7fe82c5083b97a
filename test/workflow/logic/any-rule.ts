import fc from 'fast-check'

/** Names the generated data uses; `nasty` ones exist on the prototypes of what JavaScript values are. */
const plainNames = ['a', 'b', 'n', 's', 'list', 'items', 'when', 'deep']
const nastyNames = ['constructor', '__proto__', 'toString', 'map', 'length', 'hasOwnProperty', 'valueOf']

const strict = [
  '==',
  '===',
  '!=',
  '!==',
  '>',
  '>=',
  '<',
  '<=',
  '!',
  '!!',
  '%',
  'in',
  'cat',
  'substr',
  '+',
  '*',
  '-',
  '/',
  'min',
  'max',
  'merge',
  'missing',
  'missing_some',
]
const choices = ['if', '?:', 'and', 'or']
const loops = ['filter', 'map', 'all', 'some', 'none', 'reduce']
const ours = [
  'starts_with',
  'ends_with',
  'has_any',
  'instant',
  'within_minutes',
  'time_of_day',
  'weekday',
  'log',
]

export interface Dialect {
  /** Paths that reach for prototypes, and data that has such names. */
  readonly nasty: boolean
  /** Operators json-logic-js does not have. */
  readonly ours: boolean
}

const scalar = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    2,
    -3,
    0.5,
    10,
    1e21,
    '',
    '0',
    '1',
    '2.5',
    '12abc',
    'abc',
    ' 7 ',
    'b',
    'Infinity',
    '2024-06-18T10:00:00+08:00',
  ),
  fc.constantFrom(true, false, null),
  fc.integer({ min: -20, max: 20 }),
  fc.string({ maxLength: 4, unit: fc.constantFrom('a', 'b', '1', '.', ' ') }),
)

function anyPath({ nasty }: Dialect): fc.Arbitrary<unknown> {
  const name = fc.constantFrom(
    ...plainNames,
    ...(nasty ? nastyNames : []),
    'current',
    'accumulator',
    'length',
    '0',
    '1',
  )
  return fc.oneof(
    { weight: 6, arbitrary: name },
    { weight: 4, arbitrary: fc.array(name, { minLength: 2, maxLength: 5 }).map(parts => parts.join('.')) },
    { weight: 1, arbitrary: fc.constantFrom('', null, 0, 1, 1.5, true, '.', 'a.', '..') },
  )
}

/** Any rule at all, also senseless ones: wrong numbers and types of arguments, unknown operators, literal objects. */
export function anyRule(dialect: Dialect): fc.Arbitrary<unknown> {
  const names = [...strict, ...(dialect.ours ? ours : [])]
  const { rule } = fc.letrec<{ rule: unknown }>(tie => {
    const args = fc.array(tie('rule'), { maxLength: 4 })
    const operation = (pool: readonly string[], values: fc.Arbitrary<unknown>) =>
      fc.tuple(fc.constantFrom(...pool), values).map(([name, given]) => ({ [name]: given }))
    const variable = fc
      .oneof(
        anyPath(dialect),
        anyPath(dialect).map(path => [path]),
        fc.tuple(anyPath(dialect), tie('rule')),
      )
      .map(given => ({ var: given }))
    return {
      rule: fc.oneof(
        { maxDepth: 5, depthIdentifier: 'rule' },
        scalar,
        variable,
        operation(names, args),
        operation(names, fc.tuple(variable, scalar)),
        operation(choices, args),
        operation(loops, fc.tuple(tie('rule'), tie('rule'), tie('rule'))),
        operation(loops, fc.tuple(fc.constantFrom({ var: 'list' }, { var: 'items' }), tie('rule'))),
        operation(names, tie('rule')),
        args,
        fc.constantFrom({}, { a: 1, b: { var: 'a' } }, { nope: [1] }),
        tie('rule').map(inner => ({ var: inner })),
      ),
    }
  })
  return rule
}

/**
 * Data for such rules. Without `nasty`, no object has exactly one key: the reference would work such an
 * object out as a rule when `missing` is given it, which ours deliberately never does.
 */
export function anyData({ nasty }: Dialect): fc.Arbitrary<unknown> {
  const value = fc.oneof(scalar, fc.date({ min: new Date(0), noInvalidDate: true }))
  const entry = fc.record({ a: value, n: fc.integer({ min: -5, max: 5 }), s: scalar })
  const names = nasty ? [...plainNames, ...nastyNames] : plainNames
  const deep = fc.dictionary(fc.constantFrom(...names), value, {
    minKeys: nasty ? 0 : 2,
    maxKeys: 4,
    noNullPrototype: true,
  })
  const order = fc.record({
    a: value,
    b: fc.oneof(value, deep),
    n: fc.integer({ min: -20, max: 20 }),
    s: scalar,
    list: fc.array(scalar, { maxLength: 4 }),
    items: fc.array(fc.oneof(entry, scalar), { maxLength: 3 }),
    when: fc.constantFrom(new Date('2024-06-18T02:00:00Z'), '2024-06-18T10:02:00+08:00', null),
    deep,
  })
  return fc.oneof(
    { weight: 8, arbitrary: order },
    { weight: 1, arbitrary: value },
    { weight: 1, arbitrary: fc.constantFrom(null, undefined, 'abc', [1, 'b', [2]]) },
  )
}
