import { simPushOf } from '../../connectors/douyin/sim-push.ts'
import { recordOf } from '../../connectors/kit/said.ts'
import { type Pushes, simPushes } from '../../connectors/simulators/pushes.ts'
import type { Simulator } from '../../connectors/simulators/simulator.ts'
import { parseJson } from '../../server/intake/json.ts'

/** Douyin names an order by push once more, as it does when it is not sure that the first push arrived. */
export interface DouyinPushes extends Pick<Pushes, 'settled' | 'lost'> {
  again(orderId: string): void
}

const RETRIES_MS = [1_000, 5_000, 30_000]
const TIMEOUT_MS = 3_000

/** @param target `http://127.0.0.1:3000/api/push/<connection>` */
export function douyinPushes({ shop, faults, access }: Simulator, target: string): DouyinPushes {
  const { appKey = '', appSecret = '' } = access('').credentials
  const { settled, lost, send } = simPushes({
    target: () => target,
    faults,
    isTaken: ({ status, text }) => status === 200 && recordOf(parseJson(text)).code === 0,
    retryAfterMs: RETRIES_MS,
    timeoutMs: TIMEOUT_MS,
  })
  // Nothing of the story's orders has been shipped.
  const teller = { shopId: shop!.shopId, name: shop!.name, unitsIn: () => 0 }
  return {
    settled,
    lost,
    again: orderId =>
      send(
        simPushOf({ what: 'paid', order: shop!.order(orderId)! }, teller, {
          appKey,
          appSecret,
          sign: 'hmac',
        }),
      ),
  }
}
