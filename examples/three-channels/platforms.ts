import { douyinSimulator } from '../../connectors/douyin/simulator.ts'
import { pinduoduoSimulator } from '../../connectors/pinduoduo/simulator.ts'
import { serveSimulators } from '../../connectors/simulators/serve.ts'
import type { Simulator } from '../../connectors/simulators/simulator.ts'
import { taobaoSimulator } from '../../connectors/taobao/simulator.ts'
import { catalogue } from './catalogue.ts'
import { type Channel, SHOPS } from './channels.ts'
import type { StoryOrder } from './orders.ts'

/** The three platforms, simulated: each with the brand's shop, its rate limits on. */
export interface Platforms {
  /** Where they are: `http://127.0.0.1:7700` */
  readonly url: string
  readonly of: Readonly<Record<Channel, Simulator>>
  /** The buyer orders, and has paid. */
  place(entry: StoryOrder): void
  close(): Promise<void>
}

/** Texts the shop may have decrypted a day: three of each order, and no story is longer than 50,000. */
const DECRYPT_QUOTA = 200_000
/** The platform publishes no figure; the other two take as many. */
const DOUYIN_CALLS_PER_SECOND = 50
/** Pinduoduo's lists are read three minutes behind the clock: what changed before that is read at once. */
const CHANGED_AGO_MS = { taobao: 0, douyin: 0, pinduoduo: 4 * 60_000 } as const satisfies Record<
  Channel,
  number
>

/** @param port 0 for any free one */
export async function openPlatforms(port: number): Promise<Platforms> {
  const shopOf = (channel: Channel) => ({ name: SHOPS[channel].name, products: catalogue })
  const of = {
    taobao: taobaoSimulator({
      shop: shopOf('taobao'),
      decryptQuota: DECRYPT_QUOTA,
      // What a buyer orders twice can be told by the phone only where the platform gives the buyer's own.
      hasVirtualPhones: false,
    }),
    douyin: douyinSimulator({
      shop: shopOf('douyin'),
      decryptQuota: DECRYPT_QUOTA,
      callsPerSecond: DOUYIN_CALLS_PER_SECOND,
    }),
    pinduoduo: pinduoduoSimulator({ shop: shopOf('pinduoduo'), decryptQuota: DECRYPT_QUOTA }),
  } as const
  const { url, close } = await serveSimulators(Object.values(of), port)

  return {
    url,
    of,
    place({ channel, order, defect }) {
      const lines = order.lines.map(({ product, quantity, paidFen }) => ({
        sku: product.sku,
        quantity,
        paidFen,
      }))
      of[channel].shop!.place({
        id: order.orderId,
        at: order.orderedAt,
        modifiedAt: new Date(Date.now() - CHANGED_AGO_MS[channel]),
        buyer: order.buyer,
        lines: defect === 'no-items' ? [] : lines,
        freightFen: order.postageFen,
        urgent: order.urgent,
        buyerNote: order.buyerNote,
      })
    },
    close,
  }
}

/** Whether a platform can tell a document at all: most of what is broken is made by people and their scripts. */
export const isToldByPlatform = ({ channel, defect }: StoryOrder): boolean =>
  defect === undefined || (defect === 'no-items' && channel !== 'taobao')
