import type { PollContext, Span, Wanted } from '../connector.ts'
import { readBackToFront } from '../kit/pages.ts'
import type { Fields } from '../kit/said.ts'
import { shanghaiText } from '../kit/shanghai-time.ts'
import { sideBySide } from '../kit/side-by-side.ts'
import { readMovingWindows } from '../kit/windows.ts'
import { countRefunds, type ModifiedSpan, pageOfRefunds, readRefund } from './refunds.ts'
import type { TaobaoContext } from './settings.ts'
import { countTrades, PAGE_SIZE, pageOfTrades, readDocuments, withRefunds } from './trades.ts'

export type TaobaoPollContext = TaobaoContext & PollContext

/** The platform takes a day at most and recommends this for `taobao.trades.sold.increment.get`. */
const WINDOW_MS = 30 * 60_000
const DAY_MS = 86_400_000
const AT_ONCE = 4

const modifiedWithin = ({ from, to }: Span): ModifiedSpan => ({
  start_modified: shanghaiText(from),
  end_modified: shanghaiText(to),
})

/** Fetches what changed: trades, then refunds with the trades they belong to. */
export async function poll(context: TaobaoPollContext): Promise<void> {
  await readStream(context, 'orders', span => readTrades(context, span))
  if (context.settings.withRefunds ?? true)
    await readStream(context, 'refunds', span => readRefunds(context, span))
}

async function readStream(
  context: TaobaoPollContext,
  stream: string,
  read: (span: ModifiedSpan) => Promise<void>,
): Promise<void> {
  const firstMs = (context.settings.firstDays ?? 1) * DAY_MS
  await readMovingWindows(context, { stream, longestMs: WINDOW_MS, firstMs }, span =>
    read(modifiedWithin(span)),
  )
}

const readTrades = (context: TaobaoPollContext, span: ModifiedSpan) =>
  readBackToFront({
    total: () => countTrades(context, span),
    pageSize: PAGE_SIZE,
    page: page => pageOfTrades(context, span, page),
    take: async trades => void (await context.accept(await withRefunds(context, trades))),
  })

const readRefunds = (context: TaobaoPollContext, span: ModifiedSpan) =>
  readBackToFront({
    total: () => countRefunds(context, span),
    pageSize: PAGE_SIZE,
    page: page => pageOfRefunds(context, span, page, PAGE_SIZE),
    async take(refunds) {
      const known = new Map(refunds.map(refund => [String(refund.refund_id), refund]))
      const tids = new Set(refunds.map(({ tid }) => String(tid)))
      await handOver(context, await readDocuments(context, [...tids], known))
    },
  })

/** Reads single trades again: by their own ids, or by those of their refunds. */
export async function fetch(wanted: readonly Wanted[], context: TaobaoPollContext): Promise<void> {
  const refunds = await sideBySide(
    wanted.filter(({ kind }) => kind === 'refund'),
    AT_ONCE,
    ({ id }) => readRefund(context, id),
  )
  const tids = new Set([
    ...wanted.filter(({ kind }) => kind === 'order').map(({ id }) => id),
    ...refunds.flatMap(refund => (refund ? String(refund.tid) : [])),
  ])
  await handOver(context, await readDocuments(context, [...tids]))
}

async function handOver(context: TaobaoPollContext, documents: readonly Fields[]): Promise<void> {
  if (documents.length > 0) await context.accept(documents)
}
