import { defineConnector } from '../connector.ts'
import { textOf } from '../kit/said.ts'
import { unixSeconds } from '../kit/shanghai-time.ts'
import { readWindows } from '../kit/windows.ts'
import { companiesOnDemand } from './carriers.ts'
import { CHANGED_WINDOWS } from './changed-rows.ts'
import { callPinduoduo } from './client.ts'
import { listingsOf } from './listings.ts'
import mapping from './mapping.json' with { type: 'json' }
import { fetchOrders, orderNumbers, readOrders } from './orders.ts'
import { readable } from './readable.ts'
import { readRefunds } from './refunds.ts'
import { revealReceiver } from './reveal.ts'
import { AUTHORIZE_URL, pinduoduoCredentials, pinduoduoSettings } from './settings.ts'
import { ship } from './ship.ts'
import { stock } from './stock.ts'
import { tokenByCode } from './token.ts'

const DAY_MS = 24 * 3_600_000
const OPEN_PLATFORM = 'https://open.pinduoduo.com/'

/** A shop on Pinduoduo. */
export default defineConnector({
  id: 'pinduoduo',
  name: { zh: '拼多多', en: 'Pinduoduo' },
  title: {
    zh: '取拼多多店铺的订单和售后，回传运单号和库存',
    en: 'Orders and refunds of a Pinduoduo shop; waybills and stock go back',
  },
  kind: 'shop',
  channel: 'pinduoduo',
  settings: pinduoduoSettings,
  credentials: pinduoduoCredentials,
  guide: [
    {
      zh: '用商家账号登录拼多多开放平台，入驻后创建一个应用（自己店铺用选「商家后台系统」）。',
      en: 'Sign in to the Pinduoduo open platform with the account of the shop and create an app.',
      link: OPEN_PLATFORM,
    },
    {
      zh: '在应用里申请订单、售后、商品库存、物流发货、数据解密这几个接口的权限，并把这台机器的出口 IP 加入白名单。',
      en: 'Ask for the interfaces of orders, refunds, stock, shipping and decryption, and add the outgoing address of this machine to the list of addresses.',
      link: OPEN_PLATFORM,
    },
    {
      zh: '把应用的回调地址填成这个页面显示的地址。',
      en: 'Enter the address shown on this page as callback address of the app.',
    },
    {
      zh: '复制应用详情里的 client_id 和 client_secret，填到下面（不要带空格）。',
      en: 'Copy client_id and client_secret of the app into the fields below, without spaces.',
    },
    {
      zh: '点「去授权」，用店铺主账号登录并同意。授权会自动续期，到期不能续时会提醒您重新授权。',
      en: 'Choose "Authorise", sign in with the main account of the shop and agree. It is renewed by itself; you are told when it no longer can be.',
    },
  ],
  defaults: mapping,
  // What the refund list allows a shop, 100 calls in 10 s, is the narrowest of the documented limits.
  rate: { perSecond: 9, burst: 10 },
  authorization: {
    url({ settings, credentials }, redirectUri, state) {
      const url = new URL(settings.authorizeUrl ?? AUTHORIZE_URL)
      url.searchParams.set('response_type', 'code')
      url.searchParams.set('client_id', credentials.clientId)
      url.searchParams.set('redirect_uri', redirectUri)
      url.searchParams.set('state', state)
      return url.href
    },
    exchange: tokenByCode,
  },
  async test(context) {
    const now = unixSeconds(context.now())
    const answer = await callPinduoduo(context, 'pdd.order.list.get', {
      order_status: 5,
      refund_status: 5,
      start_confirm_at: now - DAY_MS / 1_000,
      end_confirm_at: now,
      page: 1,
      page_size: 1,
      use_has_next: false,
    })
    const shop = (await context.tokens.read())?.facts?.shopName ?? ''
    const count = textOf(answer.total_count)
    return {
      zh: `已连上${shop && `店铺「${shop}」`}，最近一天有 ${count} 笔成交订单`,
      en: `Connected${shop && ` to ${shop}`}: ${count} orders within the last day`,
    }
  },
  async poll(context) {
    const windows = { ...CHANGED_WINDOWS, firstMs: (context.settings.firstDays ?? 1) * DAY_MS }
    const companies = companiesOnDemand(context)
    await readWindows(context, { stream: 'orders', ...windows }, span => readOrders(context, span, companies))
    if (context.settings.readRefunds === false) return
    await readWindows(context, { stream: 'refunds', ...windows }, span =>
      readRefunds(context, span, companies),
    )
  },
  fetch: fetchOrders,
  orderIds: orderNumbers,
  listings: listingsOf,
  reveal: revealReceiver,
  readable,
  actions: { ship, stock },
})
