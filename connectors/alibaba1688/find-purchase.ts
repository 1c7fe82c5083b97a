import { createHash } from 'node:crypto'
import type { ActionAnswer } from '../kit/action.ts'
import { type Fields, partOf, rowsOf, textAt } from '../kit/said.ts'
import type { Cargo } from './goods.ts'
import { fenOf } from './money.ts'
import { pageOfPurchases, readPurchase } from './order-list.ts'
import type { Context1688 } from './settings.ts'

/** Clocks differ. */
const SLACK_MS = 10 * 60_000
/** The list reaches three months back. */
const FARTHEST_MS = 85 * 86_400_000

const CLOSED: ReadonlySet<string> = new Set(['cancel', 'terminated'])

/** What a purchase is known by in its message to the seller, since the platform shows that in every order. */
export const markOf = (key: string): string =>
  `OL-${createHash('sha256').update(key).digest('hex').slice(0, 20)}`

/** A purchase that was looked for: what it became; `absent` when surely there is none; `unclear` when it cannot be told. */
export type Found = { readonly answer: ActionAnswer } | 'absent' | 'unclear'

/**
 * Looks for the purchase of a key among those made since it was wanted.
 * @param cargo what was to be bought: an order of the same goods that says nothing of its origin may be it
 */
export async function findPurchase(
  context: Context1688,
  key: string,
  cargo: readonly Cargo[],
  plannedAt: Date | undefined,
): Promise<Found> {
  const now = context.now().getTime()
  const since = plannedAt?.getTime() ?? 0
  const from = new Date(Math.max(since - SLACK_MS, now - FARTHEST_MS))
  const span = { from, to: new Date(now + SLACK_MS) }
  let isClear = since > now - FARTHEST_MS
  for (let page = 1; ; page++) {
    const { rows, isLast } = await pageOfPurchases(context, span, page)
    for (const row of rows) {
      const origin = originOf(row, key)
      if (origin === 'ours') return { answer: answerOf(row) }
      if (origin === 'another' || !isSameGoods(row, cargo)) continue
      const detail = await readPurchase(context, idOf(row))
      if (originOf(detail, key) === 'ours') return { answer: answerOf(detail) }
      // Without a message it is another's; where messages are not told at all, nobody knows.
      if (typeof partOf(detail, 'baseInfo').buyerFeedback !== 'string') isClear = false
    }
    if (isLast) return isClear ? 'absent' : 'unclear'
  }
}

/** Whether an order says that it is the one. */
function originOf(row: Fields, key: string): 'ours' | 'another' | 'silent' {
  const base = partOf(row, 'baseInfo')
  const outOrderId = textAt(base, 'outOrderId')
  const message = textAt(base, 'buyerFeedback')
  if (outOrderId === key || message?.includes(markOf(key))) return 'ours'
  return outOrderId !== undefined || message !== undefined ? 'another' : 'silent'
}

/** Rows that tell no goods may be of any. */
function isSameGoods(row: Fields, cargo: readonly Cargo[]): boolean {
  const items = rowsOf(row.productItems)
  if (items.length === 0) return true
  const bought = new Set(items.map(item => textAt(item, 'productID')))
  return cargo.some(({ offerId }) => bought.has(String(offerId)))
}

export const idOf = (row: Fields): string => {
  const base = partOf(row, 'baseInfo')
  return textAt(base, 'idOfStr') ?? textAt(base, 'id') ?? ''
}

function answerOf(row: Fields): ActionAnswer {
  const base = partOf(row, 'baseInfo')
  return {
    purchaseId: idOf(row),
    totalFen: fenOf(base.totalAmount) ?? 0,
    postFen: fenOf(base.shippingFee) ?? 0,
    ...(CLOSED.has(textAt(base, 'status') ?? '') && { closed: true }),
  }
}
