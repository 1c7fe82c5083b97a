import type { Telling } from './telling.ts'
import type { OrderView } from './views.ts'

/** How many orders went each way, and of each way one order's own sentence. */
export function tellWays(
  telling: Telling,
  orders: readonly OrderView[],
  words: Readonly<Record<string, string>>,
): void {
  const ways = Object.entries(words).map(([outcome, word]) => ({
    word,
    went: orders.filter(order => order.outcome === outcome),
  }))
  telling.table(
    ['去向 way', '单 orders'],
    ways.map(({ word, went }) => [word, String(went.length)]),
  )
  for (const { word, went } of ways) {
    const [first] = went
    if (first) telling.say({ zh: `· ${word}：${first.orderId}：${first.sentence.zh}`, en: '' })
  }
  telling.say({ zh: '', en: '' })
}
