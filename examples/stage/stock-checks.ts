import type { ServerClient } from './server-client.ts'
import type { Telling } from './telling.ts'
import type { StockProof, StockView } from './views.ts'

/** The two things that hold of stock whatever happened: it is the sum of its ledger, and never below zero. */
export async function checkStock(server: ServerClient, telling: Telling): Promise<void> {
  const proof = (await server.request('GET', '/api/stock/proof')).body as StockProof
  telling.check(
    { zh: `库存等于流水（${proof.checked} 项）`, en: 'Stock equals the sum of its ledger' },
    proof.agrees && proof.checked > 0,
    JSON.stringify(proof.differences),
  )
  const wrong = (await server.all<StockView>('/api/stock')).filter(
    ({ onHand, held, available }) => available < 0 || held < 0 || onHand - held !== available,
  )
  telling.check(
    { zh: '没有一项库存为负', en: 'No stock is negative' },
    wrong.length === 0,
    JSON.stringify(wrong),
  )
}
