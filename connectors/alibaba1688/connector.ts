import type { Text } from '../../server/workflow/text.ts'
import { defineConnector } from '../connector.ts'
import { pageOfPurchases } from './order-list.ts'
import { purchase } from './purchase.ts'
import { type Context1688, credentials, settings } from './settings.ts'
import { authorizeUrl, exchange } from './token.ts'
import { CARRIER, track } from './track.ts'

const DAY_MS = 86_400_000

/** Purchases on 1688 by the buyer's side of its open platform. */
export default defineConnector({
  id: 'alibaba-1688',
  name: { zh: '1688 采购', en: '1688 purchasing' },
  title: {
    zh: '在 1688 上自动下采购单，查采购单的物流；下没下成说不清时先去查，绝不重复下单',
    en: 'Places purchase orders on 1688 and tracks them; where an outcome is unknown it looks first and never orders twice',
  },
  kind: 'supplier',
  settings,
  credentials,
  guide: [
    {
      zh: '用采购用的 1688 账号登录 1688 开放平台，进入控制台，创建应用并等待审核。',
      en: 'Sign in to the 1688 open platform with the account that buys, create an app in the console and wait for its review.',
      link: 'https://open.1688.com',
    },
    {
      zh: '为应用申请买家交易和物流的接口：下单前预览、快速下单、订单列表、订单详情、物流跟踪。',
      en: "Ask for the buyer's APIs of trade and logistics: preview, fast create order, order list, order detail, logistics trace.",
    },
    {
      zh: '把应用的回调地址填成本页显示的授权回调地址，必须一字不差。',
      en: 'Enter the redirect address shown on this page in the app, to the letter.',
    },
    {
      zh: '复制 AppKey 和 AppSecret 填在这里，再点「去授权」，用采购账号登录并同意。授权约半年后要再做一次，到期前会提醒。',
      en: 'Copy AppKey and AppSecret into the form here, choose "Authorise", sign in with the account that buys and agree. It must be repeated about every half year.',
    },
    {
      zh: '在「货品对照」里写明每个商品编码在 1688 上买哪个货号、哪个规格、一件合我们几件。货号是商品页地址 detail.1688.com/offer/ 后面的数字。',
      en: 'Under "What is bought for a SKU", link each SKU to an offer, its spec and the units in a pack. The offer id is the number behind detail.1688.com/offer/ in the address of its page.',
    },
  ],
  // The platform publishes no figure: its limits depend on the app.
  rate: { perSecond: 5, burst: 10 },
  authorization: { url: authorizeUrl, exchange },
  test,
  tracking: { carriers: [CARRIER], perCall: 20 },
  track,
  actions: { purchase },
})

async function test(context: Context1688): Promise<Text> {
  const now = context.now().getTime()
  const span = { from: new Date(now - DAY_MS), to: new Date(now) }
  const { total } = await pageOfPurchases(context, span, 1, 1)
  const owner = (await context.tokens.read())?.facts?.owner
  return {
    zh: `已连上 1688 账号${owner ? `「${owner}」` : ''}，最近一天有 ${total} 张采购单`,
    en: `Connected to the 1688 account${owner ? ` "${owner}"` : ''}; ${total} purchases in the last day`,
  }
}
