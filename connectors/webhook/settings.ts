import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import { secret } from '../kit/common-settings.ts'

/** What HTTP allows as the name of a header. */
const HEADER = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$"

export const webhookSettings = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        ...hint('消息发到哪个地址', 'Where messages are sent'),
        maxLength: 2_000,
        pattern: '^https?://[^\\s]+$',
      }),
    ),
    signatureHeader: Type.Optional(
      Type.String({
        ...hint('收到的推送：签名在哪个请求头', 'Incoming: header of the signature', { advanced: true }),
        default: 'X-Orderloom-Signature',
        pattern: HEADER,
      }),
    ),
    algorithm: Type.Optional(
      Type.Union([Type.Literal('hmac-sha256-hex'), Type.Literal('hmac-sha256-base64')], {
        ...hint('收到的推送：签名算法', 'Incoming: algorithm of the signature', {
          advanced: true,
          options: {
            'hmac-sha256-hex': { zh: 'HMAC-SHA256，十六进制', en: 'HMAC-SHA256, hex' },
            'hmac-sha256-base64': { zh: 'HMAC-SHA256，Base64', en: 'HMAC-SHA256, Base64' },
          },
        }),
        default: 'hmac-sha256-hex',
      }),
    ),
    isTimestamped: Type.Optional(
      Type.Boolean({
        ...hint('收到的推送：签名里带时间戳', 'Incoming: the signature covers a timestamp', {
          advanced: true,
        }),
        default: true,
      }),
    ),
    timestampHeader: Type.Optional(
      Type.String({
        ...hint('收到的推送：时间戳在哪个请求头', 'Incoming: header of the timestamp', {
          advanced: true,
          when: { param: 'isTimestamped', is: true },
        }),
        default: 'X-Orderloom-Timestamp',
        pattern: HEADER,
      }),
    ),
    toleranceMs: Type.Optional(
      Type.Integer({
        ...hint('收到的推送：时间最多差多久', 'Incoming: how far its time may be off', {
          as: 'duration',
          advanced: true,
          when: { param: 'isTimestamped', is: true },
        }),
        default: 300_000,
        minimum: 1_000,
        maximum: 86_400_000,
      }),
    ),
  },
  { additionalProperties: false },
)
export type WebhookSettings = Static<typeof webhookSettings>

export const webhookCredentials = Type.Object(
  {
    secret: secret(
      '签名密钥（双方约定，建议 32 位以上随机字符）',
      'Secret both sides know (32 random characters or more)',
    ),
  },
  { additionalProperties: false },
)
export type WebhookCredentials = Static<typeof webhookCredentials>
