import { Type } from 'typebox'
import { hint } from '../../hints.ts'
import { fault } from '../fault.ts'
import { defineTransform, Scalar } from '../transform.ts'

const part = Type.Optional(Type.String({ minLength: 1, maxLength: 120 }))

/**
 * The value of the first case whose beginning, end and part all match: invoice `C536379` begins with `C` → `return`.
 * Plain texts and no regular expressions, so that no rule can be slow.
 */
export const pattern = defineTransform({
  use: 'pattern',
  name: { zh: '按开头或结尾判断', en: 'Match beginning or end' },
  suits: ['text', 'kind', 'boolean'],
  options: {
    cases: Type.Array(
      Type.Object(
        { startsWith: part, endsWith: part, contains: part, value: Scalar },
        { additionalProperties: false },
      ),
      { ...hint('情形', 'Cases'), minItems: 1, maxItems: 50 },
    ),
    otherwise: Type.Optional(Type.Union([Scalar, Type.Null()], hint('其它', 'Otherwise'))),
  },
  compile: ({ cases, otherwise }) => {
    if (cases.some(({ startsWith, endsWith, contains }) => !startsWith && !endsWith && !contains)) {
      return {
        zh: '每种情形至少要写开头、结尾或包含之一',
        en: 'Each case needs a beginning, an end or a part',
      }
    }
    return value => {
      if (typeof value === 'object') return fault('NOT_A_TEXT')
      const text = typeof value === 'string' ? value : String(value)
      for (const { startsWith = '', endsWith = '', contains = '', value: found } of cases) {
        if (text.startsWith(startsWith) && text.endsWith(endsWith) && text.includes(contains)) return found
      }
      return otherwise === undefined ? fault('UNKNOWN_CODE') : (otherwise ?? undefined)
    }
  },
})
