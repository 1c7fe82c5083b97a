import { Type } from 'typebox'
import type { CaseResult } from '../simulate/run-case.ts'
import type { TestResult } from '../simulate/test-result.ts'
import type { TestRun } from '../simulate/test-run.ts'
import { Instant, RunErrorShape, STRICT, TextShape } from './shapes.ts'

/** At most so many past orders are tried at once. */
const MOST_ORDERS = 1_000

/** One document by one of the connections, as if it had just come in. */
const OnDocument = Type.Object(
  {
    kind: Type.Literal('document'),
    connection: Type.String({ minLength: 1, maxLength: 64 }),
    document: Type.Unknown(),
  },
  STRICT,
)

const OnOrder = Type.Object(
  { kind: Type.Literal('order'), order: Type.String({ minLength: 1, maxLength: 300 }) },
  STRICT,
)

/** A signal, as if it had just been noticed: for workflows no order begins. */
const OnSignal = Type.Object({ kind: Type.Literal('signal'), signal: Type.Unknown() }, STRICT)

/** What a single order, or signal, to try may be given as. */
export const OnOne = Type.Union([OnDocument, OnOrder, OnSignal])

export const On = Type.Union([
  OnDocument,
  OnOrder,
  OnSignal,
  Type.Object(
    { kind: Type.Literal('last'), count: Type.Integer({ minimum: 1, maximum: MOST_ORDERS }) },
    STRICT,
  ),
])

const Strings = Type.Array(Type.String())
const Texts = Type.Array(TextShape)

const StepShape = Type.Object({
  node: Type.String(),
  label: TextShape,
  kind: Type.Optional(Type.String()),
  ports: Strings,
  portNames: Texts,
  sentence: TextShape,
  input: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  changes: Type.Array(
    Type.Object({
      path: Type.String(),
      before: Type.Optional(Type.Unknown()),
      after: Type.Optional(Type.Unknown()),
    }),
  ),
  effects: Texts,
})

const RunShape = Type.Object({
  event: Type.String(),
  orderKey: Type.String(),
  orderId: Type.String(),
  connection: Type.String(),
  status: Type.String(),
  outcome: Type.String(),
  sentence: TextShape,
  steps: Type.Array(StepShape),
  error: Type.Optional(RunErrorShape),
  before: Type.Optional(Type.Object({ outcome: Type.String(), sentence: TextShape })),
})

export const TestResultShape = Type.Unsafe<TestResult>(
  Type.Object({
    at: Instant,
    runs: Type.Array(RunShape),
    total: Type.Number(),
    outcomes: Type.Array(
      Type.Object({ outcome: Type.String(), count: Type.Number(), before: Type.Number() }),
    ),
    changed: Type.Number(),
    failed: Type.Number(),
    nodes: Type.Record(
      Type.String(),
      Type.Object({ in: Type.Number(), ports: Type.Record(Type.String(), Type.Number()) }),
    ),
    tookMs: Type.Number(),
  }),
)

export const Expectation = Type.Object(
  {
    outcome: Type.String({ minLength: 1, maxLength: 120 }),
    path: Type.Optional(Type.Array(Type.String({ maxLength: 64 }), { maxItems: 2_000 })),
  },
  STRICT,
)

export const CaseResultShape = Type.Unsafe<CaseResult>(
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    passed: Type.Boolean(),
    expect: Expectation,
    run: Type.Unsafe<TestRun>(RunShape),
  }),
)
