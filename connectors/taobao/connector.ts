import type { Text } from '../../server/workflow/text.ts'
import { defineConnector } from '../connector.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { listings } from './listings.ts'
import defaults from './mapping.json' with { type: 'json' }
import { fetch, poll } from './poll.ts'
import { readable } from './readable.ts'
import { reveal } from './reveal.ts'
import { credentials, settings, type TaobaoContext } from './settings.ts'
import { ship } from './ship.ts'
import { stock } from './stock.ts'
import { authorizeUrl, exchange } from './token.ts'
import { countTrades, tradeIds } from './trades.ts'

const HOUR_MS = 3_600_000

/** Orders, refunds, shipping and stock of a Taobao or Tmall shop by the Taobao Open Platform (TOP). */
export default defineConnector({
  id: 'taobao',
  name: { zh: '淘宝 / 天猫', en: 'Taobao / Tmall' },
  title: {
    zh: '自动取淘宝、天猫店铺的订单和退款，回传运单号和库存',
    en: 'Fetches orders and refunds of a Taobao or Tmall shop, and reports shipments and stock',
  },
  kind: 'shop',
  channel: 'taobao',
  settings,
  credentials,
  guide: [
    {
      zh: '用店铺主账号登录淘宝开放平台，进入「控制台」，创建应用（自己的店铺用「商家自用应用」）并等待审核。',
      en: 'Sign in to the Taobao Open Platform with the main account of the shop, create an app in the console and wait for its review.',
      link: 'https://open.taobao.com',
    },
    {
      zh: '在应用的「权限管理」里申请交易、退款、物流、商品库存和 OAID 解密的接口权限；平台要求时，把这台机器的出口 IP 加进白名单。',
      en: 'Under the permissions of the app, ask for trades, refunds, logistics, stock and the decryption of receivers; add the address of this machine to the IP list where the platform wants it.',
    },
    {
      zh: '在应用的「应用设置」里，把回调地址填成本页显示的授权回调地址。',
      en: 'In the settings of the app, enter the redirect address shown on this page.',
    },
    {
      zh: '在「应用证书」里复制 AppKey 和 AppSecret，填在这里，注意不要带空格。',
      en: 'Copy AppKey and AppSecret from the certificate page of the app into the form here, without spaces.',
    },
    {
      zh: '点「去授权」，用店铺主账号登录并同意。授权到期前会自动续期；商家自用应用不能续期，到期前会提醒再授权一次。',
      en: 'Choose "Authorise", sign in with the main account of the shop and agree. It is renewed by itself; an app for your own shop cannot be renewed and must be authorised again when it ends.',
    },
  ],
  defaults,
  // The platform publishes no figure: its limits depend on the app.
  rate: { perSecond: 20, burst: 40 },
  authorization: { url: authorizeUrl, exchange },
  test,
  poll,
  fetch,
  orderIds: tradeIds,
  listings,
  reveal,
  readable,
  actions: { ship, stock },
})

async function test(context: TaobaoContext): Promise<Text> {
  const to = context.now()
  const count = await countTrades(context, {
    start_modified: shanghaiText(new Date(to.getTime() - HOUR_MS)),
    end_modified: shanghaiText(to),
  })
  const nick = (await context.tokens.read())?.facts?.nick
  return {
    zh: `已连上店铺${nick ? `「${nick}」` : ''}，最近一小时有 ${count} 笔订单变动`,
    en: `Connected to the shop${nick ? ` "${nick}"` : ''}; ${count} orders changed in the last hour`,
  }
}
