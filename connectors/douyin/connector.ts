import { defineConnector } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { listings } from './listings.ts'
import mapping from './mapping.json' with { type: 'json' }
import { createdOrderIds, orderPage } from './orders.ts'
import { fetch, poll } from './poll.ts'
import { push } from './push.ts'
import { readable, reveal } from './reveal.ts'
import { authorizeUrlOf, douyinCredentials, douyinSettings } from './settings.ts'
import { ship } from './ship.ts'
import { stock } from './stock.ts'
import { tokenOfCode } from './token.ts'

const DAY_MS = 86_400_000
const CONSOLE = 'https://op.jinritemai.com/'

/** Shops on Douyin (抖店). */
export default defineConnector({
  id: 'douyin',
  name: { zh: '抖店', en: 'Douyin' },
  title: {
    zh: '取抖店的订单和售后，回传运单号和库存',
    en: 'Fetches orders and refunds of a Douyin shop, sends waybills and stock back',
  },
  kind: 'shop',
  channel: 'douyin',
  settings: douyinSettings,
  credentials: douyinCredentials,
  guide: [
    {
      zh: '用店铺主账号登录抖店开放平台，进入「控制台 → 应用管理」，创建或打开一个应用：只给自己的店铺用就选「自研应用」。',
      en: 'Sign in to the Doudian open platform with the main account of the shop; under 控制台 → 应用管理 create or open an app: 自研应用 when it is for your own shop.',
      link: CONSOLE,
    },
    {
      zh: '在应用的「权限管理」里申请订单、售后、物流发货、商品库存和订单解密的权限包，等审核通过。',
      en: 'Under 权限管理 of the app ask for orders, after-sales, shipping, stock and decryption, and wait for the approval.',
    },
    {
      zh: '在应用的「IP 白名单」里加上这台机器的出口 IP。',
      en: 'Add the outgoing address of this machine to the IP 白名单 of the app.',
    },
    {
      zh: '从应用详情复制 App Key 和 App Secret，填到下面。自研应用再填店铺 ID（抖店后台右上角头像里可以看到）。',
      en: 'Copy App Key and App Secret from the details of the app. For 自研应用 fill in the shop id as well (in the menu of your picture in the shop console).',
    },
    {
      zh: '服务市场应用：填服务 ID，把应用的「授权回调地址」设成本系统的地址，再点「去授权」，用店铺主账号确认。',
      en: 'For an app of the service market: fill in its service id, set its callback address to that of this system, then choose "Authorise" and confirm with the main account.',
    },
    {
      zh: '想更快收到订单：在应用的「消息推送」里订阅订单和售后消息，推送地址填这个连接的推送地址。',
      en: 'To get orders sooner, subscribe to orders and after-sales under 消息推送 with the push address of this connection.',
    },
  ],
  defaults: { identity: mapping.identity, mapping: mapping.mapping },
  rate: { perSecond: 10, burst: 10 },
  authorization: {
    url({ settings }, redirectUri, state) {
      const { serviceId } = settings
      if (serviceId === undefined)
        throw new ConnectorError({
          class: 'request',
          said: '服务市场应用要先填写服务 ID；自研应用不需要授权，直接点「测试连接」',
        })
      const url = new URL(authorizeUrlOf(settings))
      url.searchParams.set('service_id', serviceId)
      url.searchParams.set('state', state)
      // The platform goes back to the address set in the app; where it takes one from here, it is the same.
      url.searchParams.set('redirect_uri', redirectUri)
      return url.href
    },
    exchange: (context, code) => tokenOfCode(context, code),
  },
  async test(context) {
    const now = context.now()
    const span = { from: new Date(now.getTime() - DAY_MS), to: now }
    const { total } = await orderPage(context, 'create_time', span, 0, 1)
    const name = (await context.tokens.read())?.facts?.shopName || context.settings.shopId
    return {
      zh: `已连上店铺「${name}」，最近 24 小时有 ${total} 个订单`,
      en: `Connected to the shop "${name}": ${total} orders in the last 24 hours`,
    }
  },
  poll,
  fetch,
  orderIds: (span, context) => createdOrderIds(context, span),
  push,
  listings,
  reveal,
  readable,
  actions: { ship, stock },
})
