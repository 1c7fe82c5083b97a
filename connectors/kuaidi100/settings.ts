import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import { callsPerSecond, publicKey, secret } from '../kit/common-settings.ts'

export const QUERY_URL = 'https://poll.kuaidi100.com/poll/query.do'
export const SUBSCRIBE_URL = 'https://poll.kuaidi100.com/poll'

const address = (zh: string, en: string, more: object) =>
  Type.Optional(
    Type.String({
      ...hint(zh, en, { advanced: true }),
      maxLength: 500,
      pattern: '^https?://[^\\s]+$',
      ...more,
    }),
  )

export const kuaidi100Settings = Type.Object(
  {
    senderPhone: Type.Optional(
      Type.String({
        ...hint(
          '寄件手机号（顺丰、中通要核对，填后四位也行）',
          "The sender's phone, or its last four digits",
        ),
        pattern: '^\\d{4,20}$',
      }),
    ),
    pushUrl: Type.Optional(
      Type.String({
        ...hint(
          '订阅推送：本连接的公网推送地址',
          'Subscribe to pushes at this public address of the connection',
        ),
        maxLength: 500,
        pattern: '^https?://[^\\s]+$',
      }),
    ),
    resultv2: Type.Optional(
      Type.Union([Type.Literal('1'), Type.Literal('4'), Type.Literal('8')], {
        ...hint('返回内容', 'How much is told', {
          advanced: true,
          options: {
            '1': { zh: '行政区域', en: 'areas' },
            '4': { zh: '高级状态和位置', en: 'advanced states and position' },
            '8': { zh: '再加预计到达', en: 'arrival as well' },
          },
        }),
        default: '4',
      }),
    ),
    queryUrl: address('查询接口地址', 'Address of the query', { default: QUERY_URL }),
    subscribeUrl: address('订阅接口地址', 'Address of the subscription', { default: SUBSCRIBE_URL }),
    callsPerSecond,
  },
  { additionalProperties: false },
)
export type Kuaidi100Settings = Static<typeof kuaidi100Settings>

export const kuaidi100Credentials = Type.Object(
  {
    customer: publicKey('授权码 customer', 'customer'),
    key: secret('授权 key', 'key'),
    salt: Type.Optional(secret('推送签名 salt（自己起一个）', 'salt of pushes (a word of your own)')),
  },
  { additionalProperties: false },
)
export type Kuaidi100Credentials = Static<typeof kuaidi100Credentials>
