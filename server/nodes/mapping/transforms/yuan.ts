import { Type } from 'typebox'
import { hint } from '../../hints.ts'
import { fenFromYuan } from '../decimal.ts'
import { defineTransform } from '../transform.ts'

/** `119.00` → 11900. Exact: digits are moved, nothing is multiplied. */
export const yuan = defineTransform({
  use: 'yuan',
  name: { zh: '元换算成分', en: 'Yuan to fen' },
  suits: ['money'],
  options: {
    round: Type.Optional(
      Type.Boolean({ ...hint('多余小数四舍五入', 'Round further decimals'), default: false }),
    ),
  },
  compile:
    ({ round = false }) =>
    value =>
      fenFromYuan(value, round),
})
