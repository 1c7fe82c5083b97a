import { type Static, Type } from 'typebox'
import { hint } from '../../server/nodes/hints.ts'
import type { ConnectorContext } from '../connector.ts'
import { publicKey, secret, shopSettings } from '../kit/common-settings.ts'

export const GATEWAY = 'https://gw.open.1688.com/openapi'
export const AUTH_HOST = 'https://auth.1688.com'

const { gateway, callsPerSecond } = shopSettings(GATEWAY)
const written = { when: { param: 'addressFrom', is: 'written' } } as const
const part = (zh: string, en: string, maxLength = 60) =>
  Type.Optional(Type.String({ ...hint(zh, en, written), maxLength }))

/** What is bought for a SKU of ours. */
const Goods = Type.Object(
  {
    sku: Type.String({ ...hint('我们的商品编码', 'Our SKU'), minLength: 1, maxLength: 120 }),
    offerId: Type.String({ ...hint('1688 货号 (offerId)', 'Offer id on 1688'), pattern: '^\\d{1,15}$' }),
    specId: Type.Optional(
      Type.String({ ...hint('1688 规格 (specId)', 'Spec id on 1688'), pattern: '^[0-9a-zA-Z]{1,64}$' }),
    ),
    unitsPerPack: Type.Optional(
      Type.Integer({
        ...hint('1688 上买一件等于我们的几件', 'Our units in one of theirs'),
        minimum: 1,
        maximum: 100_000,
        default: 1,
      }),
    ),
  },
  { additionalProperties: false },
)
export type Goods = Static<typeof Goods>

export const settings = Type.Object(
  {
    goods: Type.Optional(
      Type.Array(Goods, { ...hint('货品对照', 'What is bought for a SKU'), maxItems: 5_000, default: [] }),
    ),
    addressFrom: Type.Optional(
      Type.Union([Type.Literal('saved'), Type.Literal('written')], {
        ...hint('发到本仓时的收货地址', 'Address of our warehouse', {
          options: {
            saved: { zh: '1688 上保存的地址', en: 'saved on 1688' },
            written: { zh: '写在这里', en: 'written here' },
          },
        }),
        default: 'saved',
      }),
    ),
    addressId: Type.Optional(
      Type.String({
        ...hint('1688 收货地址编号 (addressId)', 'Id of the address on 1688', {
          when: { param: 'addressFrom', is: 'saved' },
        }),
        pattern: '^\\d{1,15}$',
      }),
    ),
    fullName: part('收货人', 'Receiver'),
    mobile: part('收货手机', 'Mobile of the receiver', 20),
    provinceText: part('省', 'Province'),
    cityText: part('市', 'City'),
    areaText: part('区县', 'District'),
    townText: part('街道', 'Town'),
    address: part('详细地址', 'Street address', 300),
    postCode: part('邮编', 'Postcode', 10),
    mostFen: Type.Optional(
      Type.Integer({
        ...hint('一张采购单最多花多少钱', 'A purchase may cost at most', { as: 'money' }),
        minimum: 1,
      }),
    ),
    flow: Type.Optional(
      Type.String({
        ...hint('下单流程（发到本仓）', 'Flow of purchases for our warehouse', { advanced: true }),
        default: 'general',
        pattern: '^[A-Za-z0-9]{1,40}$',
      }),
    ),
    dropshipFlow: Type.Optional(
      Type.String({
        ...hint('下单流程（代发给买家）', 'Flow of purchases for a customer', { advanced: true }),
        default: 'saleproxy',
        pattern: '^[A-Za-z0-9]{1,40}$',
      }),
    ),
    lookAgainMs: Type.Optional(
      Type.Integer({
        ...hint('下单没有回音时，隔多久再查一次', 'Without an answer, look again after', {
          as: 'duration',
          advanced: true,
        }),
        default: 15_000,
        minimum: 10,
        maximum: 60_000,
      }),
    ),
    orderTimeoutMs: Type.Optional(
      Type.Integer({
        ...hint('下单最多等多久', 'Wait for an order to be made at most', { as: 'duration', advanced: true }),
        default: 30_000,
        minimum: 50,
        maximum: 120_000,
      }),
    ),
    authHost: Type.Optional(
      Type.String({
        ...hint('授权地址', 'Address of the authorisation', { advanced: true }),
        default: AUTH_HOST,
        maxLength: 500,
        pattern: '^https?://[^\\s]+[^/\\s]$',
      }),
    ),
    gateway,
    callsPerSecond,
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

export type Settings1688 = Static<typeof settings>
export type Credentials1688 = Static<typeof credentials>
export type Context1688 = ConnectorContext<Settings1688, Credentials1688>
