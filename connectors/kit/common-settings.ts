import { Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'

/** How fast a connection may call: what is given here outranks the connector's own rate. */
export const callsPerSecond = Type.Optional(
  Type.Number({
    ...hint('每秒最多调用平台几次', 'Calls to the platform per second at most', { advanced: true }),
    minimum: 0.05,
    maximum: 1_000,
  }),
)

/** Settings every shop has. */
export function shopSettings(gateway: string) {
  return {
    gateway: Type.Optional(
      Type.String({
        ...hint('接口地址', 'Address of the interface', { advanced: true }),
        default: gateway,
        maxLength: 500,
        pattern: '^https?://[^\\s]+$',
      }),
    ),
    firstDays: Type.Optional(
      Type.Number({
        ...hint('第一次取多久以内的订单', 'The first poll reads orders of the last', {
          unit: { zh: '天', en: 'days' },
        }),
        minimum: 0.01,
        maximum: 30,
        default: 1,
      }),
    ),
    receivers: Type.Optional(
      Type.Union([Type.Literal('hidden'), Type.Literal('readable')], {
        ...hint('收件人信息', 'Receivers', {
          options: {
            hidden: {
              zh: '保持平台遮盖，需要时再看明文',
              en: 'as the platform hides them; revealed on demand',
            },
            readable: {
              zh: '取单时就解密（占用平台的解密额度）',
              en: 'decrypted when fetched (counts against a quota)',
            },
          },
        }),
        default: 'hidden',
      }),
    ),
    callsPerSecond,
    timeoutMs: Type.Optional(
      Type.Integer({
        ...hint('平台多久不回答就先放弃', 'Give a call up after', { as: 'duration', advanced: true }),
        minimum: 500,
        maximum: 120_000,
      }),
    ),
    pollEveryMs: Type.Optional(
      Type.Integer({
        ...hint('多久取一次单', 'How often orders are fetched', { as: 'duration', advanced: true }),
        minimum: 1_000,
        maximum: 86_400_000,
      }),
    ),
  }
}

/** A credential: shown as a password, never sent back to any screen. */
export const secret = (zh: string, en: string) =>
  Type.String({ ...hint(zh, en, { secret: true }), minLength: 1, maxLength: 4_000 })

/** A credential that may be shown: an AppKey. */
export const publicKey = (zh: string, en: string) =>
  Type.String({ ...hint(zh, en), minLength: 1, maxLength: 400, pattern: '^\\S+$' })
