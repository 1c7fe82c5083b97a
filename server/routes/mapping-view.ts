import { Type } from 'typebox'
import { FieldProblemShape, NewId, STRICT, TextShape } from './shapes.ts'

export const MAX_DOCUMENTS = 5

const Documents = Type.Array(Type.Unknown(), { maxItems: MAX_DOCUMENTS })
const Events = Type.Array(Type.String({ minLength: 1, maxLength: 500 }), { maxItems: MAX_DOCUMENTS })

/** The documents a mapping is tried on: given as they are, or by the ids `samples` answers. Those given come first. */
const samples = {
  documents: Type.Optional(Documents),
  events: Type.Optional(Events),
  connection: Type.Optional(NewId),
}

export const SuggestBody = Type.Object(samples, STRICT)

export const TryBody = Type.Object(
  {
    ...samples,
    mapping: Type.Object(
      {
        // Each field is checked by itself, so that one in the making does not hide what the others do.
        fields: Type.Array(Type.Unknown(), { maxItems: 60 }),
        negativeQuantity: Type.Optional(Type.Union([Type.Literal('refuse'), Type.Literal('return')])),
      },
      STRICT,
    ),
  },
  STRICT,
)

const Need = Type.Union([Type.Literal('must'), Type.Literal('should'), Type.Literal('may')])

const TargetShape = Type.Object({
  path: Type.String(),
  type: Type.String(),
  name: TextShape,
  need: Need,
  /** Fields any of which says the same. */
  coveredBy: Type.Array(Type.String()),
})

export const LanguageShape = Type.Object({
  targets: Type.Array(TargetShape),
  itemTargets: Type.Array(TargetShape),
  transforms: Type.Array(
    Type.Object({
      use: Type.String(),
      name: TextShape,
      /** Types of unified field it is of use for. */
      suits: Type.Array(Type.String()),
      /** `source` needs no value to begin with, `whole` reads a list as one value. */
      reads: Type.String(),
      params: Type.Unknown(),
    }),
  ),
})

export const SamplesShape = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      receivedAt: Type.String(),
      /** With phones, names and addresses masked. */
      document: Type.Unknown(),
    }),
  ),
})

const MappingProblemShape = Type.Object({ code: Type.String(), at: Type.String(), message: TextShape })

const ValuesShape = Type.Record(
  Type.String(),
  Type.Object({ value: Type.Optional(Type.Unknown()), fault: Type.Optional(TextShape) }),
)

export const TryShape = Type.Object({
  /** What is wrong with the mapping itself; `at` is a path inside it. */
  problems: Type.Array(MappingProblemShape),
  documents: Type.Array(
    Type.Object({
      /** Whether the whole mapping makes an order of it. */
      ok: Type.Boolean(),
      values: ValuesShape,
      items: Type.Optional(Type.Object({ count: Type.Integer(), rows: Type.Array(ValuesShape) })),
      problems: Type.Array(FieldProblemShape),
    }),
  ),
})

export const SuggestShape = Type.Object({
  suggestions: Type.Array(
    Type.Object({
      to: Type.String(),
      field: Type.Unknown(),
      confidence: Type.Number(),
      reason: TextShape,
    }),
  ),
  /** What values of a place (`lines[].price`) ask for where they are put: the form of a time, the unit of an amount. */
  looks: Type.Record(
    Type.String(),
    Type.Object({
      date: Type.Optional(Type.Unknown()),
      unit: Type.Optional(Type.Union([Type.Literal('yuan'), Type.Literal('fen')])),
    }),
  ),
  orders: Type.Optional(Type.String()),
})
