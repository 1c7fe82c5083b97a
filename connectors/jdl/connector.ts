import { defineConnector } from '../connector.ts'
import { jdlCredentials, jdlSettings } from './settings.ts'
import { traceOf, trackJdl } from './track.ts'

/** A number no parcel has, for a call that only asks whether we may call. */
const NO_PARCEL = 'JDVB00000000000'

/** JD Logistics: where parcels are. */
export default defineConnector({
  id: 'jdl',
  name: { zh: '京东物流', en: 'JD Logistics' },
  title: { zh: '查京东快递走到哪了', en: 'Follows parcels of JD Logistics' },
  kind: 'carrier',
  settings: jdlSettings,
  credentials: jdlCredentials,
  rate: { perSecond: 5, burst: 5 },
  guide: [
    {
      zh: '用京东物流的商家账号登录京东物流开放平台，新建应用，得到 AppKey 和 AppSecret。',
      en: 'Sign in to the open platform of JD Logistics with the account of the merchant and create an app: it shows AppKey and AppSecret.',
      link: 'https://open.jdl.com',
    },
    {
      zh: '为应用开通「快递快运」的轨迹查询接口，用商家账号授权，得到 AccessToken；它到期后要在这里换成新的。',
      en: 'Enable the trace query and authorise the app with the account of the merchant: that shows the AccessToken. Replace it here when it ends.',
    },
    {
      zh: '在京东物流商家后台或合同里找到商家编码（如 010K…），填到设置里。',
      en: 'Find the customer code (like 010K…) in the back office of the merchant or in the contract.',
    },
  ],
  async test(context) {
    await traceOf(NO_PARCEL, context)
    const { customerCode } = context.settings
    return { zh: `商家 ${customerCode} 可以查询轨迹`, en: `Merchant ${customerCode} may query traces` }
  },
  tracking: { carriers: ['jd'], perCall: 1 },
  track: trackJdl,
})
