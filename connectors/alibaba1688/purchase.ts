import type { Action, ActionAnswer, ActionBodies, ActionCall } from '../kit/action.ts'
import { ConnectorError } from '../kit/fault.ts'
import { partOf, textAt } from '../kit/said.ts'
import { pause } from '../kit/token-bucket.ts'
import { addressParam } from './address.ts'
import { callAop } from './client.ts'
import { failedOffers } from './faults.ts'
import { findPurchase, markOf } from './find-purchase.ts'
import { cargoOf } from './goods.ts'
import { wholeFen } from './money.ts'
import { demandOrderable, type Wish } from './preview.ts'
import type { Context1688, Credentials1688, Settings1688 } from './settings.ts'

/** An order is worked out and made in one call. */
const ORDER_TIMEOUT_MS = 30_000
const LOOK_AGAIN_MS = 15_000

type Purchase = ActionBodies['purchase']

/**
 * Buys by `alibaba.trade.fastCreateOrder`. The platform does not promise to refuse a second order of the same
 * `outOrderId`, so an unknown outcome is never tried again before the order was looked for.
 */
export const purchase: Action<Purchase, Settings1688, Credentials1688> = {
  isRepeatable: false,
  async perform(call, context) {
    const wish = wishOf(call.body, context)
    if (call.attempt > 1) {
      const found = await look(call, context)
      if (typeof found === 'object') return found.answer
    }
    try {
      await demandOrderable(context, wish)
      return await create(call, context, wish)
    } catch (error) {
      if (!(error instanceof ConnectorError) || error.fault.class !== 'business') throw error
      const said = inOurWords(error.fault.said ?? '', context.settings.goods)
      throw new ConnectorError({ ...error.fault, said }, { cause: error })
    }
  },
  async ask(call, context) {
    const first = await look(call, context)
    if (first !== 'absent') return typeof first === 'object' ? first.answer : undefined
    // The order may have been on its way still, or not in the list yet.
    await pause(context.settings.lookAgainMs ?? LOOK_AGAIN_MS, context.signal)
    const again = await look(call, context)
    if (typeof again === 'object') return again.answer
    return again === 'absent' ? null : undefined
  },
}

const look = ({ key, body, plannedAt }: ActionCall<Purchase>, context: Context1688) =>
  findPurchase(context, key, cargoOf(body.lines, context.settings.goods), plannedAt)

function wishOf({ lines, shipTo }: Purchase, { settings }: Context1688): Wish {
  return {
    flow: shipTo ? (settings.dropshipFlow ?? 'saleproxy') : (settings.flow ?? 'general'),
    addressParam: addressParam(shipTo, settings),
    cargoParamList: cargoOf(lines, settings.goods),
  }
}

async function create(
  { key, body }: ActionCall<Purchase>,
  context: Context1688,
  wish: Wish,
): Promise<ActionAnswer> {
  const answer = await callAop(context, {
    api: 'alibaba.trade.fastCreateOrder',
    params: {
      ...wish,
      message: `${body.urgent ? '急单 ' : ''}${body.orderId} ${markOf(key)}`,
      outOrderId: key,
    },
    effect: 'write',
    timeoutMs: context.settings.orderTimeoutMs ?? ORDER_TIMEOUT_MS,
  })
  const result = partOf(answer, 'result')
  const purchaseId = textAt(result, 'orderId')
  // It was taken, yet nobody said as what: to be looked for.
  if (!purchaseId) throw new ConnectorError({ class: 'unreadable', said: 'no orderId' })
  const failed = inOurWords(failedOffers(result).join('；'), context.settings.goods)
  return {
    purchaseId,
    totalFen: wholeFen(result.totalSuccessAmount) ?? 0,
    postFen: wholeFen(result.postFee) ?? 0,
    ...(failed !== '' && { failed }),
  }
}

/** Offers by the SKUs they are bought for: nobody here knows the platform's numbers. */
function inOurWords(said: string, goods: Settings1688['goods'] = []): string {
  return said.replace(/\d{6,15}/g, offerId => {
    const skus = goods.filter(row => row.offerId === offerId).map(({ sku }) => sku)
    return skus.length > 0 ? `${skus.join('、')}（货号 ${offerId}）` : offerId
  })
}
