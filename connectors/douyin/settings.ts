import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import { publicKey, secret, shopSettings } from '../kit/common-settings.ts'

export const GATEWAY = 'https://openapi-fxg.jinritemai.com'
const AUTHORIZE_URL = 'https://fuwu.jinritemai.com/authorize'

export const douyinSettings = Type.Object(
  {
    grant: Type.Optional(
      Type.Union([Type.Literal('self'), Type.Literal('code')], {
        ...hint('应用类型', 'Kind of app', {
          options: {
            self: { zh: '自研应用（自己店铺用，无需跳转授权）', en: 'Of the shop itself (no signing in)' },
            code: { zh: '服务市场应用（跳转到抖店授权）', en: 'Of the service market (sign in at Doudian)' },
          },
        }),
        default: 'self',
      }),
    ),
    shopId: Type.Optional(
      Type.String({
        ...hint('店铺 ID', 'Shop id', { when: { param: 'grant', is: 'self' } }),
        pattern: '^\\d{1,20}$',
      }),
    ),
    serviceId: Type.Optional(
      Type.String({
        ...hint('服务 ID（service_id）', 'Service id', { when: { param: 'grant', is: 'code' } }),
        pattern: '^\\d{1,20}$',
      }),
    ),
    rejectRefundOnShip: Type.Optional(
      Type.Boolean({
        ...hint(
          '发货时拒绝买家未完结的退款申请（不勾选时，有退款申请的订单不会发货）',
          "Shipping refuses the buyer's open refund request (otherwise such an order is not shipped)",
        ),
        default: false,
      }),
    ),
    authorizeUrl: Type.Optional(
      Type.String({
        ...hint('授权页地址', 'Address of the sign-in page', { advanced: true }),
        default: AUTHORIZE_URL,
        maxLength: 500,
        pattern: '^https?://[^\\s]+$',
      }),
    ),
    ...shopSettings(GATEWAY),
  },
  { additionalProperties: false },
)
export type DouyinSettings = Static<typeof douyinSettings>

export const authorizeUrlOf = (settings: DouyinSettings): string => settings.authorizeUrl ?? AUTHORIZE_URL

export const douyinCredentials = Type.Object(
  { appKey: publicKey('App Key', 'App key'), appSecret: secret('App Secret', 'App secret') },
  { additionalProperties: false },
)
export type DouyinCredentials = Static<typeof douyinCredentials>
