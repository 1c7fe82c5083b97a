import { defineConnector } from '../connector.ts'
import { CARRIERS } from '../kit/carriers.ts'
import { ConnectorError } from '../kit/fault.ts'
import { queryRoute } from './client.ts'
import { NO_RESULT, REFUSED_NUMBER } from './faults.ts'
import { readKuaidi100Push } from './push.ts'
import { kuaidi100Credentials, kuaidi100Settings } from './settings.ts'
import { trackKuaidi100 } from './track.ts'

/** A number no parcel has, for a call that only asks whether we may call. */
const NO_PARCEL = { com: 'shunfeng', num: 'SF0000000000000', phone: '0000' }

/** Kuaidi100: follows parcels of nearly every carrier by one interface. */
export default defineConnector({
  id: 'kuaidi100',
  name: { zh: '快递100', en: 'Kuaidi100' },
  title: {
    zh: '一个接口查各家快递的物流，也可订阅推送',
    en: 'Follows parcels of nearly every carrier, by asking and by pushes',
  },
  kind: 'carrier',
  settings: kuaidi100Settings,
  credentials: kuaidi100Credentials,
  rate: { perSecond: 5, burst: 5 },
  guide: [
    {
      zh: '注册并登录快递100 API 开放平台，完成企业认证，开通「实时快递查询」（要推送再开通「快递信息推送」）并充值。',
      en: 'Register at the API platform of Kuaidi100, verify the company, enable real-time query (and push, if wanted) and top up.',
      link: 'https://api.kuaidi100.com',
    },
    {
      zh: '在「我的信息 → 企业信息」里复制 customer 和 key，填到这里。',
      en: 'Copy customer and key from the page with the data of the company.',
      link: 'https://api.kuaidi100.com/manager/page/myinfo/enterprise',
    },
    {
      zh: '发顺丰或中通时，填寄件手机号（或后四位）：这两家查询要核对手机号。',
      en: "For SF and ZTO enter the sender's phone or its last four digits: they check it.",
    },
    {
      zh: '要接收推送：在密钥里起一个 salt，并把本连接的公网推送地址填到「订阅推送」。新包裹会自动订阅。',
      en: 'For pushes choose a salt and enter the public push address of this connection: new parcels are then subscribed to.',
    },
  ],
  async test(context) {
    await queryRoute(context, NO_PARCEL).catch((error: unknown) => {
      // The keys were accepted: it was the number that was not found.
      const code = error instanceof ConnectorError ? (error.fault.code ?? '') : ''
      if (code !== NO_RESULT && !REFUSED_NUMBER.has(code)) throw error
    })
    const { customer } = context.credentials
    return { zh: `授权码 ${customer} 可以查询快递`, en: `Customer ${customer} may query parcels` }
  },
  tracking: { carriers: Object.keys(CARRIERS), perCall: 1 },
  track: trackKuaidi100,
  push: (request, { credentials }) => readKuaidi100Push(request, credentials),
})
