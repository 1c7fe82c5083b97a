import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import type { ConnectorContext } from '../connector.ts'
import { secret } from '../kit/common-settings.ts'
import { ConnectorError } from '../kit/fault.ts'

const GATEWAY = 'https://qyapi.weixin.qq.com'
const KEY = /^[\w-]{8,80}$/

export const Settings = Type.Object(
  {
    gateway: Type.Optional(
      Type.String({
        ...hint('接口地址', 'Address of the interface', { advanced: true }),
        default: GATEWAY,
        maxLength: 500,
        pattern: '^https?://[^\\s]+$',
      }),
    ),
  },
  { additionalProperties: false },
)
export type RobotSettings = Static<typeof Settings>

export const Credentials = Type.Object(
  {
    key: secret('Webhook 地址，或其中的 key', 'The webhook address, or the key in it'),
  },
  { additionalProperties: false },
)
export type RobotCredentials = Static<typeof Credentials>

export type RobotContext = ConnectorContext<RobotSettings, RobotCredentials>

/** Where the API is, without a slash at its end. */
export const gatewayOf = ({ gateway }: RobotSettings): string => (gateway ?? GATEWAY).replace(/\/+$/, '')

/**
 * The robot's key, out of the whole address too, which is what the console of WeCom lets people copy.
 * @throws ConnectorError class `credentials` when there is none in it
 */
export function robotKey({ key }: RobotCredentials): string {
  const given = key.trim()
  const found = URL.canParse(given) ? new URL(given).searchParams.get('key') : given
  if (found === null || !KEY.test(found))
    throw new ConnectorError({ class: 'credentials', said: 'no key=… in the webhook address' })
  return found
}
