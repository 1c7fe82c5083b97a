import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import { callsPerSecond, publicKey, secret } from '../kit/common-settings.ts'

const address = (zh: string, en: string, standard: string) =>
  Type.Optional(
    Type.String({
      ...hint(zh, en, { advanced: true }),
      default: standard,
      maxLength: 500,
      pattern: '^https?://[^\\s]+$',
    }),
  )

export const GATEWAY = 'https://bspgw.sf-express.com/std/service'
export const TOKEN_URL = 'https://sfapi.sf-express.com/oauth2/accessToken'

export const sfSettings = Type.Object(
  {
    senderPhoneTail: Type.Optional(
      Type.String({
        ...hint('寄件手机号后四位（不是月结寄件时要填）', "Last four digits of the sender's phone"),
        pattern: '^\\d{4}$',
      }),
    ),
    monthlyCard: Type.Optional(
      Type.String({ ...hint('月结卡号', 'Monthly account'), maxLength: 20, pattern: '^\\d*$' }),
    ),
    payMethod: Type.Optional(
      Type.Union([Type.Literal('1'), Type.Literal('2'), Type.Literal('3')], {
        ...hint('退货运费由谁付', 'Who pays for returns', {
          options: {
            '1': { zh: '买家（寄方付）', en: 'the buyer' },
            '2': { zh: '卖家（到付）', en: 'the seller, on arrival' },
            '3': { zh: '第三方月结', en: 'a third party' },
          },
        }),
        default: '2',
      }),
    ),
    expressTypeId: Type.Optional(
      Type.Integer({
        ...hint('退货的快递产品编号', 'Product number for returns', { advanced: true }),
        minimum: 1,
        maximum: 999,
        default: 2,
      }),
    ),
    bizTemplateCode: Type.Optional(
      Type.String({
        ...hint('退货业务模板编码', 'Template code for returns', { advanced: true }),
        maxLength: 60,
      }),
    ),
    auth: Type.Optional(
      Type.Union([Type.Literal('digest'), Type.Literal('token')], {
        ...hint('鉴权方式', 'How calls are authorised', {
          advanced: true,
          options: {
            digest: { zh: '数字签名 msgDigest', en: 'msgDigest' },
            token: { zh: 'OAuth2 令牌', en: 'OAuth2 token' },
          },
        }),
        default: 'digest',
      }),
    ),
    gateway: address('接口地址', 'Address of the interface', GATEWAY),
    tokenUrl: address('取令牌的地址', 'Address tokens are got from', TOKEN_URL),
    callsPerSecond,
  },
  { additionalProperties: false },
)
export type SfSettings = Static<typeof sfSettings>

export const sfCredentials = Type.Object(
  {
    partnerId: publicKey('顾客编码 partnerID', 'Partner id (partnerID)'),
    checkWord: secret('校验码 checkWord', 'Check word (checkWord)'),
    pushKey: Type.Optional(secret('推送口令（自己起一个）', 'A word of your own that pushes must carry')),
  },
  { additionalProperties: false },
)
export type SfCredentials = Static<typeof sfCredentials>
