import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import type { ConnectorContext } from '../connector.ts'
import { publicKey, secret, shopSettings } from '../kit/common-settings.ts'

export const GATEWAY = 'https://eco.taobao.com/router/rest'
export const OAUTH_HOST = 'https://oauth.taobao.com'

export const settings = Type.Object(
  {
    ...shopSettings(GATEWAY),
    oauthHost: Type.Optional(
      Type.String({
        ...hint('授权地址', 'Address of the authorisation', { advanced: true }),
        default: OAUTH_HOST,
        maxLength: 500,
        pattern: '^https?://[^\\s]+[^/\\s]$',
      }),
    ),
    isTmall: Type.Optional(
      Type.Boolean({ ...hint('这是天猫店（授权页用天猫样式）', 'A Tmall shop'), default: false }),
    ),
    withRefunds: Type.Optional(
      Type.Boolean({
        ...hint('读取退款单（应用没有退款权限时关掉）', 'Read refunds (off where the app may not)', {
          advanced: true,
        }),
        default: true,
      }),
    ),
    signMethod: Type.Optional(
      Type.Union([Type.Literal('md5'), Type.Literal('hmac'), Type.Literal('hmac-sha256')], {
        ...hint('签名方式', 'Signature', {
          advanced: true,
          options: {
            md5: { zh: 'MD5', en: 'MD5' },
            hmac: { zh: 'HMAC-MD5', en: 'HMAC-MD5' },
            'hmac-sha256': { zh: 'HMAC-SHA256', en: 'HMAC-SHA256' },
          },
        }),
        default: 'md5',
      }),
    ),
    revealScene: Type.Optional(
      Type.String({
        ...hint('查看收件人时报给平台的场景', 'Scene told to the platform when a receiver is shown', {
          advanced: true,
          open: true,
          options: {
            '1006': { zh: '1006 人工处理订单', en: '1006 manual work on an order' },
            '1007': { zh: '1007 代发', en: '1007 drop-shipping' },
            '2001': { zh: '2001 售后', en: '2001 after-sale' },
            '2002': { zh: '2002 客户关怀', en: '2002 customer care' },
          },
        }),
        default: '1006',
        pattern: '^\\d{4}$',
      }),
    ),
  },
  { additionalProperties: false },
)

export const credentials = Type.Object(
  {
    appKey: publicKey('AppKey', 'AppKey'),
    appSecret: secret('AppSecret', 'AppSecret'),
  },
  { additionalProperties: false },
)

export type TaobaoContext = ConnectorContext<Static<typeof settings>, Static<typeof credentials>>
/** What is known before a shop lets us in. */
export type TaobaoAccess = Pick<TaobaoContext, 'settings' | 'credentials'>
