import { ConnectorError } from '../kit/fault.ts'
import { type Fields, isFields } from '../kit/said.ts'
import { callTop, nestedRows } from './client.ts'
import { isUnknownThing } from './faults.ts'
import { REFUND_FIELDS } from './fields.ts'
import type { TaobaoContext } from './settings.ts'

/** A refund by its id; undefined when the platform does not know it. @throws ConnectorError */
export async function readRefund(context: TaobaoContext, id: string): Promise<Fields | undefined> {
  try {
    const { refund } = await callTop(context, {
      method: 'taobao.refund.get',
      params: { fields: REFUND_FIELDS, refund_id: id },
      effect: 'read',
    })
    return isFields(refund) ? refund : undefined
  } catch (error) {
    if (error instanceof ConnectorError && isUnknownThing(error.fault)) return undefined
    throw error
  }
}

/** A span as the platform's lists take it: `yyyy-MM-dd HH:mm:ss` in Shanghai. */
export interface ModifiedSpan {
  readonly start_modified: string
  readonly end_modified: string
}

export async function countRefunds(context: TaobaoContext, span: ModifiedSpan): Promise<number> {
  const { total_results } = await callTop(context, {
    method: 'taobao.refunds.receive.get',
    params: { fields: 'refund_id', ...span, page_no: '1', page_size: '1' },
    effect: 'read',
  })
  return Number(total_results ?? 0)
}

/** A page of the refunds that changed within a span. @param page from 1 */
export async function pageOfRefunds(
  context: TaobaoContext,
  span: ModifiedSpan,
  page: number,
  pageSize: number,
): Promise<readonly Fields[]> {
  const { refunds } = await callTop(context, {
    method: 'taobao.refunds.receive.get',
    params: {
      fields: REFUND_FIELDS,
      ...span,
      page_no: String(page),
      page_size: String(pageSize),
      use_has_next: 'true',
    },
    effect: 'read',
  })
  return nestedRows(refunds, 'refund')
}
