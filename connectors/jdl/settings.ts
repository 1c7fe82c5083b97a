import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import { callsPerSecond, publicKey, secret } from '../kit/common-settings.ts'

export const GATEWAY = 'https://api.jdl.com'

export const jdlSettings = Type.Object(
  {
    customerCode: Type.String({
      ...hint('商家编码 customerCode', 'Customer code (customerCode)'),
      minLength: 1,
      maxLength: 60,
      pattern: '^\\S+$',
    }),
    orderOrigin: Type.Optional(
      Type.Union([Type.Literal('0'), Type.Literal('1'), Type.Literal('2')], {
        ...hint('下单来源', 'Where orders come from', {
          advanced: true,
          options: {
            '0': { zh: '个人寄件 C2C', en: 'C2C' },
            '1': { zh: '商家发货 B2C', en: 'B2C' },
            '2': { zh: '退货 C2B', en: 'C2B' },
          },
        }),
        default: '1',
      }),
    ),
    signCase: Type.Optional(
      Type.Union([Type.Literal('lower'), Type.Literal('upper')], {
        ...hint('签名的大小写', 'Case of the signature', {
          advanced: true,
          options: { lower: { zh: '小写', en: 'lower' }, upper: { zh: '大写', en: 'upper' } },
        }),
        default: 'lower',
      }),
    ),
    gateway: Type.Optional(
      Type.String({
        ...hint('接口地址', 'Address of the interface', { advanced: true }),
        default: GATEWAY,
        maxLength: 500,
        pattern: '^https?://[^\\s]+$',
      }),
    ),
    callsPerSecond,
  },
  { additionalProperties: false },
)
export type JdlSettings = Static<typeof jdlSettings>

export const jdlCredentials = Type.Object(
  {
    appKey: publicKey('AppKey', 'AppKey'),
    appSecret: secret('AppSecret', 'AppSecret'),
    accessToken: secret('AccessToken', 'AccessToken'),
  },
  { additionalProperties: false },
)
export type JdlCredentials = Static<typeof jdlCredentials>
