import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import type { ConnectorContext, PollContext } from '../connector.ts'
import { publicKey, secret, shopSettings } from '../kit/common-settings.ts'

export const GATEWAY = 'https://gw-api.pinduoduo.com/api/router'
export const AUTHORIZE_URL = 'https://fuwu.pinduoduo.com/service-market/auth'

export const pinduoduoSettings = Type.Object(
  {
    ...shopSettings(GATEWAY),
    authorizeUrl: Type.Optional(
      Type.String({
        ...hint('授权页地址', 'Address of the authorisation page', { advanced: true }),
        default: AUTHORIZE_URL,
        maxLength: 500,
        pattern: '^https?://[^\\s]+$',
      }),
    ),
    readRefunds: Type.Optional(
      Type.Boolean({
        ...hint('读取售后单（应用没有售后接口权限时关掉）', 'Read refunds (off where the app may not)', {
          advanced: true,
        }),
        default: true,
      }),
    ),
  },
  { additionalProperties: false },
)
type PinduoduoSettings = Static<typeof pinduoduoSettings>

export const pinduoduoCredentials = Type.Object(
  {
    clientId: publicKey('Client ID', 'Client id'),
    clientSecret: secret('Client Secret', 'Client secret'),
  },
  { additionalProperties: false },
)
type PinduoduoCredentials = Static<typeof pinduoduoCredentials>

export type PinduoduoContext = ConnectorContext<PinduoduoSettings, PinduoduoCredentials>
export type PinduoduoPoll = PollContext<PinduoduoSettings, PinduoduoCredentials>
