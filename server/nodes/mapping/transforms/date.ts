import { Type } from 'typebox'
import { SHANGHAI, zoneOffset } from '../../../workflow/zone.ts'
import { hint } from '../../hints.ts'
import { instantFrom } from '../instant.ts'
import { defineTransform } from '../transform.ts'

export const date = defineTransform({
  use: 'date',
  name: { zh: '时间', en: 'Date and time' },
  suits: ['instant'],
  options: {
    format: Type.Optional(
      Type.Union(
        [
          Type.Literal('datetime'),
          Type.Literal('iso'),
          Type.Literal('epoch-seconds'),
          Type.Literal('epoch-ms'),
        ],
        {
          ...hint('格式', 'Format', {
            options: {
              datetime: { zh: '2026-10-01 10:03:40', en: '2026-10-01 10:03:40' },
              iso: { zh: 'ISO 8601（带时区）', en: 'ISO 8601 with offset' },
              'epoch-seconds': { zh: '时间戳（秒）', en: 'Unix seconds' },
              'epoch-ms': { zh: '时间戳（毫秒）', en: 'Unix milliseconds' },
            },
          }),
          default: 'datetime',
        },
      ),
    ),
    zone: Type.Optional(Type.String({ ...hint('时区', 'Time zone'), maxLength: 60, default: SHANGHAI })),
  },
  compile: ({ format = 'datetime', zone = SHANGHAI }) => {
    const offset = zoneOffset(zone)
    if (!offset) {
      return {
        zh: `没有时区「${zone}」，例如 Asia/Shanghai 或 +08:00`,
        en: `No time zone "${zone}"; try Asia/Shanghai or +08:00`,
      }
    }
    return value => instantFrom(value, format, offset)
  },
})
