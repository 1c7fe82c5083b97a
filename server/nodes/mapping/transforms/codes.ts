import { Type } from 'typebox'
import { hint } from '../../hints.ts'
import { fault } from '../fault.ts'
import { defineTransform, Scalar } from '../transform.ts'

/** A code table: `WAIT_SELLER_SEND_GOODS` → 待发货. A code that is not in it is a fault unless `otherwise` says what it is. */
export const codes = defineTransform({
  use: 'codes',
  name: { zh: '对照表', en: 'Code table' },
  suits: ['text', 'kind', 'boolean', 'integer', 'number'],
  options: {
    table: Type.Record(Type.String(), Scalar, {
      ...hint('对照', 'Table'),
      minProperties: 1,
      maxProperties: 1_000,
    }),
    otherwise: Type.Optional(Type.Union([Scalar, Type.Null()], hint('其它值', 'Otherwise'))),
    keep: Type.Optional(Type.Boolean({ ...hint('其它值保持原样', 'Keep other values'), default: false })),
  },
  compile: ({ table, otherwise, keep }) => {
    const known = new Map(Object.entries(table))
    const unknown = otherwise === undefined ? fault('UNKNOWN_CODE') : (otherwise ?? undefined)
    return value => {
      if (typeof value === 'object') return fault('NOT_A_TEXT')
      const found = known.get(typeof value === 'string' ? value : String(value))
      return found !== undefined ? found : keep ? value : unknown
    }
  },
})
