import type { AfterSale } from '../kit/after-sale.ts'
import { ConnectorError } from '../kit/fault.ts'
import type { WechatContext } from './access.ts'
import { callShop } from './client.ts'

/** `after_sale_order` of `aftersale/getaftersaleorder`, as far as we read it. */
export interface WechatAfterSale {
  readonly after_sale_order_id: string
  readonly order_id: string
  readonly status: string
  readonly product_info?: { readonly product_id?: string; readonly sku_id?: string; readonly count?: number }
}

// `USER_CANCELD` is how the platform writes it; should it ever be mended, that is known too.
const DONE: ReadonlySet<string> = new Set(['MERCHANT_REFUND_SUCCESS', 'MERCHANT_RETURN_SUCCESS'])
const CLOSED: ReadonlySet<string> = new Set(['USER_CANCELD', 'USER_CANCELED', 'RETURN_CLOSED'])
const REJECTED: ReadonlySet<string> = new Set(['MERCHANT_REJECT_REFUND', 'MERCHANT_REJECT_RETURN'])

/**
 * Where an after-sale stands. A buyer may take a rejected one further, so it stays open for as long as the order
 * line counts it as open. Whatever is not known to be over is open: nothing is shipped on a guess.
 * @param isCountedOpen whether the platform counts units of the line as being in after-sale
 */
export function stateOf({ status }: WechatAfterSale, isCountedOpen: boolean): Exclude<AfterSale, 'none'> {
  if (DONE.has(status)) return 'refunded'
  if (CLOSED.has(status)) return 'refund-closed'
  return REJECTED.has(status) && !isCountedOpen ? 'refund-closed' : 'refunding'
}

/** One after-sale; undefined when the platform does not know it. @throws ConnectorError */
export async function readAfterSale(
  context: WechatContext,
  id: string,
): Promise<WechatAfterSale | undefined> {
  try {
    const { after_sale_order } = await callShop<{ after_sale_order: WechatAfterSale }>(context, {
      path: 'aftersale/getaftersaleorder',
      body: { after_sale_order_id: id },
    })
    return after_sale_order
  } catch (error) {
    if (error instanceof ConnectorError && error.fault.class === 'business') return undefined
    throw error
  }
}
