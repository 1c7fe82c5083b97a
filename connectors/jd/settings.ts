import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import type { ConnectorContext, PollContext } from '../connector.ts'
import { publicKey, secret, shopSettings } from '../kit/common-settings.ts'

export const GATEWAY = 'https://api.jd.com/routerjson'
export const AUTHORIZE_URL = 'https://open-oauth.jd.com/oauth2/to_login'
export const TOKEN_URL = 'https://open-oauth.jd.com/oauth2/access_token'
export const REFRESH_URL = 'https://open-oauth.jd.com/oauth2/refresh_token'

const address = (zh: string, en: string, standard: string) =>
  Type.Optional(
    Type.String({
      ...hint(zh, en, { advanced: true }),
      default: standard,
      maxLength: 500,
      pattern: '^https?://[^\\s]+$',
    }),
  )

export const jdSettings = Type.Object(
  {
    ...shopSettings(GATEWAY),
    isOverseas: Type.Optional(
      Type.Boolean({
        ...hint('海外购商家（有「等待境内发货」的订单）', 'A shop that sells from abroad', {
          advanced: true,
        }),
        default: false,
      }),
    ),
    readRefunds: Type.Optional(
      Type.Boolean({
        ...hint('读取退款申请（应用没有售后接口权限时关掉）', 'Read refunds (off where the app may not)', {
          advanced: true,
        }),
        default: true,
      }),
    ),
    timestampForm: Type.Optional(
      Type.Union([Type.Literal('seconds'), Type.Literal('zoned')], {
        ...hint('请求时间的写法', 'How the time of a request is written', {
          advanced: true,
          options: {
            seconds: { zh: '到秒：2026-10-01 12:00:00', en: 'to the second: 2026-10-01 12:00:00' },
            zoned: { zh: '带毫秒和时区：…12:00:00.000+0800', en: 'with zone: …12:00:00.000+0800' },
          },
        }),
        default: 'seconds',
      }),
    ),
    authorizeUrl: address('授权页地址', 'Address of the authorisation page', AUTHORIZE_URL),
    tokenUrl: address('取令牌的地址', 'Address tokens are got from', TOKEN_URL),
    refreshUrl: address('续期令牌的地址', 'Address tokens are renewed at', REFRESH_URL),
  },
  { additionalProperties: false },
)
type JdSettings = Static<typeof jdSettings>

export const jdCredentials = Type.Object(
  { appKey: publicKey('AppKey', 'App key'), appSecret: secret('AppSecret', 'App secret') },
  { additionalProperties: false },
)
type JdCredentials = Static<typeof jdCredentials>

export type JdContext = ConnectorContext<JdSettings, JdCredentials>
export type JdPoll = PollContext<JdSettings, JdCredentials>
