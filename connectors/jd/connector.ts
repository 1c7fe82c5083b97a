import { defineConnector } from '../connector.ts'
import { ConnectorError } from '../kit/fault.ts'
import { textOf } from '../kit/said.ts'
import { readMovingWindows } from '../kit/windows.ts'
import mapping from './mapping.json' with { type: 'json' }
import { fetchOrders, orderIds, readOrders, readOrdersAgain, searchOrders } from './orders.ts'
import { type RefundTime, readRefundPages, refundedLately } from './refunds.ts'
import { AUTHORIZE_URL, type JdPoll, jdCredentials, jdSettings } from './settings.ts'
import { tokenByCode } from './token.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const CONSOLE = 'https://open.jd.com/'

/** An hour at a time, and the last five minutes of it once more: rows of a search may show late. */
const WINDOWS = { longestMs: HOUR_MS } as const

/** A shop on JD, shipping by itself (SOP). */
export default defineConnector({
  id: 'jd',
  name: { zh: '京东', en: 'JD' },
  title: { zh: '取京东店铺的订单和退款申请', en: 'Orders and refunds of a JD shop' },
  kind: 'shop',
  channel: 'jd',
  settings: jdSettings,
  credentials: jdCredentials,
  guide: [
    {
      zh: '用店铺的主账号登录京东宙斯（开放平台），创建一个商家自用的应用。',
      en: 'Sign in to the open platform of JD with the main account of the shop and create an app for your own shop.',
      link: CONSOLE,
    },
    {
      zh: '为应用申请订单查询和退款审核单查询接口，并把这台机器的出口 IP 加入白名单。',
      en: 'Ask for the interfaces of orders and of refunds, and add the outgoing address of this machine to the list of addresses.',
      link: CONSOLE,
    },
    {
      zh: '把应用的回调地址填成这个页面显示的地址（要一字不差）。',
      en: 'Enter the address shown on this page as callback address of the app, letter for letter.',
    },
    {
      zh: '复制应用的 AppKey 和 AppSecret，填到下面（不要带空格）。',
      en: 'Copy app key and app secret into the fields below, without spaces.',
    },
    {
      zh: '点「去授权」，用店铺主账号登录并同意。',
      en: 'Choose "Authorise", sign in with the main account of the shop and agree.',
    },
  ],
  defaults: mapping,
  // A careful guess: JD tells the limits of an app in its console alone.
  rate: { perSecond: 10, burst: 20 },
  authorization: {
    url({ settings, credentials }, redirectUri, state) {
      const url = new URL(settings.authorizeUrl ?? AUTHORIZE_URL)
      url.searchParams.set('app_key', credentials.appKey)
      url.searchParams.set('response_type', 'code')
      url.searchParams.set('redirect_uri', redirectUri)
      url.searchParams.set('state', state)
      url.searchParams.set('scope', 'snsapi_base')
      return url.href
    },
    exchange: tokenByCode,
  },
  async test(context) {
    const to = context.now()
    const span = { from: new Date(to.getTime() - DAY_MS), to }
    const { total } = await searchOrders(context, span, { by: 'created', page: 1, pageSize: 1 })
    return { zh: `已连上，最近一天有 ${total} 笔订单`, en: `Connected: ${total} orders within the last day` }
  },
  async poll(context) {
    const firstMs = (context.settings.firstDays ?? 1) * DAY_MS
    const isReadingRefunds = context.settings.readRefunds !== false
    const refunded = isReadingRefunds ? await refundedOrNone(context) : undefined
    await readMovingWindows(context, { stream: 'orders', ...WINDOWS, firstMs }, span =>
      readOrders(context, span, refunded),
    )
    if (!isReadingRefunds) return
    await readRefunds(context, 'apply', firstMs)
    await readRefunds(context, 'check', firstMs)
  },
  fetch: fetchOrders,
  orderIds,
})

/** An app that may not read refunds gets orders all the same; that it may not is told behind them. */
async function refundedOrNone(context: JdPoll): Promise<ReadonlySet<string> | undefined> {
  try {
    return await refundedLately(context)
  } catch (error) {
    if (error instanceof ConnectorError && REFUSED.has(error.fault.class)) return undefined
    throw error
  }
}

const REFUSED: ReadonlySet<string> = new Set(['permission', 'request', 'business'])

/** Hands over, read again, the orders whose refunds were asked for, or decided, since the last time. */
function readRefunds(context: JdPoll, by: RefundTime, firstMs: number): Promise<void> {
  return readMovingWindows(
    context,
    { stream: `refunds-${by}`, ...WINDOWS, longestMs: DAY_MS, firstMs },
    span =>
      readRefundPages(context, by, span, async rows => {
        await readOrdersAgain([...new Set(rows.map(({ orderId }) => textOf(orderId)))], context)
      }),
  )
}
