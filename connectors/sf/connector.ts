import { defineConnector } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { callSf } from './client.ts'
import { NO_DATA } from './faults.ts'
import { readSfPush } from './push.ts'
import { reverse } from './reverse.ts'
import { sfCredentials, sfSettings } from './settings.ts'
import { NUMBERS_PER_CALL, trackSf } from './track.ts'

/** A number no parcel has, for a call that only asks whether we may call. */
const NO_PARCEL = 'SF0000000000000'

/** SF Express: where parcels are, by asking and by pushes, and parcels that fetch returns. */
export default defineConnector({
  id: 'sf',
  name: { zh: '顺丰速运', en: 'SF Express' },
  title: {
    zh: '查快递走到哪了，接收路由推送，退货上门取件',
    en: 'Follows parcels, receives route pushes, has returns fetched',
  },
  kind: 'carrier',
  settings: sfSettings,
  credentials: sfCredentials,
  // 30 calls a second are documented; other programs of the same partner share them.
  rate: { perSecond: 10, burst: 10 },
  guide: [
    {
      zh: '用公司的顺丰账号登录丰桥（顺丰开放平台），在「应用管理」里新建应用，得到顾客编码和校验码。',
      en: 'Sign in to the SF open platform with the account of the company and create an app: it shows partner id and check word.',
      link: 'https://open.sf-express.com',
    },
    {
      zh: '给应用关联接口：路由查询、路由推送；要用退货取件，再加逆向下单、订单结果查询。测试通过后申请上线。',
      en: 'Add the interfaces: route query and route push; for returns also reverse order and order result. Then apply to go live.',
    },
    {
      zh: '把生产环境的顾客编码和校验码填到这里。发货用的不是本公司月结账号时，再填寄件手机号后四位。',
      en: "Enter partner id and check word of production here; without a monthly account of your own also the last four digits of the sender's phone.",
    },
    {
      zh: '在丰桥的「路由推送」里填本连接的推送地址。顺丰的推送没有签名，建议在密钥里起一个推送口令，并在推送地址后面加上 ?key=口令。',
      en: 'Enter the push address of this connection under route push. SF does not sign pushes: choose a push word and append ?key=<word> to the address.',
    },
  ],
  async test(context) {
    const message = { language: 'zh-CN', trackingType: '1', trackingNumber: [NO_PARCEL], methodType: '1' }
    await callSf(context, 'EXP_RECE_SEARCH_ROUTES', message, 'read').catch((error: unknown) => {
      if (!(error instanceof ConnectorError) || error.fault.code !== NO_DATA) throw error
    })
    const { partnerId } = context.credentials
    return { zh: `顾客编码 ${partnerId} 可以查询路由`, en: `Partner ${partnerId} may query routes` }
  },
  tracking: { carriers: ['sf'], perCall: NUMBERS_PER_CALL },
  track: trackSf,
  push: (request, { credentials }) => readSfPush(request, credentials),
  actions: { reverse },
})
