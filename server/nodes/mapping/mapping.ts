import { type Static, Type } from 'typebox'
import { hint } from '../hints.ts'
import { Scalar } from './transform.ts'
import { TransformStep } from './transforms/index.ts'

const SourcePath = Type.String({ minLength: 1, maxLength: 200 })

const common = {
  to: Type.String({ ...hint('统一字段', 'Unified field'), minLength: 1, maxLength: 60 }),
  from: Type.Optional(
    Type.Union([SourcePath, Type.Array(SourcePath, { minItems: 1, maxItems: 5 })], {
      ...hint('来源字段（有几个时取第一个有值的）', 'Source field (the first of several that has a value)'),
    }),
  ),
  transforms: Type.Optional(Type.Array(TransformStep, { ...hint('转换', 'Transforms'), maxItems: 10 })),
  required: Type.Optional(Type.Boolean({ ...hint('必填', 'Required'), default: false })),
  default: Type.Optional(Type.Union([...Scalar.anyOf], hint('缺省值', 'Default'))),
}

export const ItemFieldMapping = Type.Object(common, { additionalProperties: false })

/** How one field of the unified order is made. `each` and `fields` make a list of entries, for `items`. */
export const FieldMapping = Type.Object(
  {
    ...common,
    each: Type.Optional(Type.String({ ...hint('明细列表', 'Item list'), minLength: 1, maxLength: 200 })),
    fields: Type.Optional(Type.Array(ItemFieldMapping, { ...hint('明细字段', 'Item fields'), maxItems: 20 })),
  },
  { additionalProperties: false },
)
export type FieldMapping = Static<typeof FieldMapping>
export type ItemFieldMapping = Static<typeof ItemFieldMapping>

/** Makes unified orders of one kind of source document. */
export const Mapping = Type.Object(
  {
    fields: Type.Array(FieldMapping, {
      ...hint('字段', 'Fields', { as: 'mapping' }),
      minItems: 1,
      maxItems: 60,
    }),
    negativeQuantity: Type.Optional(
      Type.Union([Type.Literal('refuse'), Type.Literal('return')], {
        ...hint('数量为负时', 'Negative quantities', {
          options: {
            refuse: { zh: '视为错误', en: 'are an error' },
            return: { zh: '视为退货', en: 'make the order a return' },
          },
        }),
        default: 'refuse',
      }),
    ),
  },
  { additionalProperties: false },
)
export type Mapping = Static<typeof Mapping>
