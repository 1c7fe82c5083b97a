import { type ConnectionDefaults, defineConnector } from '../connector.ts'
import type { Listing } from '../kit/listing.ts'
import { Credentials, Settings, type WechatContext } from './access.ts'
import { callShop } from './client.ts'
import mapped from './mapping.json' with { type: 'json' }
import { skuOf, type WechatOrder } from './order.ts'
import { createdOrderIds, fetchFromShop, pollShop } from './poll.ts'
import { readPush } from './push.ts'
import { revealReceiver, withReceiver } from './reveal.ts'
import { shipOrder } from './ship.ts'
import { setStock } from './stock.ts'

const DOCS = 'https://developers.weixin.qq.com/doc/store/shop/'
const CONSOLE = 'https://store.weixin.qq.com/'

/** A WeChat shop (微信小店, formerly 视频号小店), spoken to with its own AppID. */
export default defineConnector({
  id: 'wechat',
  name: { zh: '微信小店', en: 'WeChat shop' },
  kind: 'shop',
  channel: 'wechat',
  title: {
    zh: '取微信小店的订单和售后，回传发货和库存',
    en: 'Fetches orders and after-sales of a WeChat shop, and writes shipments and stock back',
  },
  settings: Settings,
  credentials: Credentials,
  guide: [
    {
      zh: '用店铺管理员的微信扫码登录微信小店后台，打开「服务市场 / 开发者 → 自研」（老版本在「店铺 → 开发配置」）。',
      en: 'Sign in to the console of the WeChat shop as its administrator and open its developer settings.',
      link: CONSOLE,
    },
    {
      zh: '复制 AppID；点 AppSecret 旁的「生成 / 重置」，用管理员微信确认后复制下来。密钥只显示一次，重置后旧的马上失效。',
      en: 'Copy the AppID; create or reset the AppSecret and copy it. It is shown once, and resetting voids the old one.',
    },
    {
      zh: '在「IP 白名单」里添加这台服务器的出口 IP，否则平台会拒绝所有调用。',
      en: 'Put the outgoing address of this server on the IP list, or every call is refused.',
    },
    {
      zh: '把 AppID 和 AppSecret 填到上面，点「测试」，看到店铺名就成功了。不需要再做授权登录。',
      en: 'Fill in both above and choose "Test": the name of the shop appears. No further authorisation is needed.',
    },
    {
      zh: '想让订单几秒内就到：在「消息推送」里填上这个连接的推送地址，自己定一个 Token、随机生成 EncodingAESKey，方式选「安全模式」、格式选 JSON，先把两项填到上面保存，再在平台点「提交」。不开推送也能取单，只是要等下一次取单。',
      en: 'To have orders within seconds: under message push enter the push address of this connection, a Token of your own and a random EncodingAESKey, safe mode, JSON. Save both above first, then submit there. Without it orders come with the next poll.',
      link: DOCS,
    },
  ],
  defaults: mapped satisfies ConnectionDefaults,
  // Nothing but daily quotas is documented; this many a second fetches 10,000 orders within four minutes.
  rate: { perSecond: 50, burst: 50 },

  async test(context: WechatContext) {
    const { info } = await callShop<{ info: { readonly nickname?: string } }>(context, {
      path: 'basics/info/get',
    })
    const name = info?.nickname ?? context.credentials.appId
    return { zh: `已连上店铺「${name}」`, en: `Connected to the shop "${name}"` }
  },
  poll: pollShop,
  fetch: fetchFromShop,
  orderIds: createdOrderIds,
  push: readPush,
  listings: document =>
    ((document as WechatOrder).order_detail?.product_infos ?? []).flatMap((line): Listing[] => {
      const sku = skuOf(line)
      if (sku === '' || !line.product_id) return []
      return [{ sku, productId: line.product_id, ...(line.sku_id && { skuId: line.sku_id }) }]
    }),
  reveal: revealReceiver,
  readable: withReceiver,
  actions: { ship: shipOrder, stock: setStock },
})
