import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import type { ConnectorContext, PollContext } from '../connector.ts'
import { publicKey, secret, shopSettings } from '../kit/common-settings.ts'

const GATEWAY = 'https://api.weixin.qq.com'

export const Settings = Type.Object(shopSettings(GATEWAY), { additionalProperties: false })
export type WechatSettings = Static<typeof Settings>

export const Credentials = Type.Object(
  {
    appId: publicKey('AppID（小店 ID）', 'AppID'),
    appSecret: secret('AppSecret（小店密钥）', 'AppSecret'),
    /** Both belong to the message push of the console; without them changes are seen at the next poll. */
    pushToken: Type.Optional(secret('消息推送的 Token（开了推送才填）', 'Token of the message push, if any')),
    encodingAesKey: Type.Optional(
      Type.String({
        ...hint(
          '消息推送的 EncodingAESKey（43 位；明文模式不填）',
          'EncodingAESKey of the message push (43 characters; none in plain mode)',
          { secret: true },
        ),
        pattern: '^[A-Za-z0-9]{43}$',
      }),
    ),
  },
  { additionalProperties: false },
)
export type WechatCredentials = Static<typeof Credentials>

export type WechatContext = ConnectorContext<WechatSettings, WechatCredentials>
export type WechatPoll = PollContext<WechatSettings, WechatCredentials>

/** Where the API is, without a slash at its end. */
export const gatewayOf = ({ gateway }: WechatSettings): string => (gateway ?? GATEWAY).replace(/\/+$/, '')
