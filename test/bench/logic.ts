/** Compiled conditions beside json-logic-js on a decision table of three rows. Run: `node --import tsx test/bench/logic.ts` */

import jsonLogic from 'json-logic-js'
import { compileLogic } from '../../server/workflow/logic/compile.ts'
import { siteReader } from '../../server/workflow/logic/read-sites.ts'
import { applyReference } from '../../server/workflow/logic/reference.ts'

const rows: readonly unknown[] = [
  { '>=': [{ var: 'stock.own.available' }, { var: 'stock.own.need' }] },
  { and: [{ var: 'stock.near.covers' }, { '<': [{ var: 'stock.near.distanceKm' }, 200] }] },
  { and: [{ '!': { var: 'stock.network.covers' } }, { '==': [{ var: 'order.urgent' }, true] }] },
]

// None of the first two rows holds, so that all three are worked out.
const orders = Array.from({ length: 500 }, (_, index) => ({
  order: { urgent: index % 2 === 0, paidFen: index * 100 },
  stock: {
    own: { available: index % 5, need: 5 },
    near: { covers: true, distanceKm: 200 + (index % 300) },
    network: { covers: false },
  },
}))

const ROUNDS = 400
const REPEATS = 7

/** Nanoseconds per row: median of several repeats, after one that warms up. */
function measure(evaluate: (row: number, data: unknown) => unknown): number {
  const times: number[] = []
  let hits = 0
  for (let repeat = 0; repeat <= REPEATS; repeat++) {
    const start = performance.now()
    for (let round = 0; round < ROUNDS; round++) {
      for (const data of orders) {
        for (let row = 0; row < rows.length; row++) if (evaluate(row, data)) hits += 1
      }
    }
    if (repeat > 0) times.push(performance.now() - start)
  }
  if (hits === 0) throw new Error('The table never hit: the measurement would be of nothing')
  times.sort((a, b) => a - b)
  return (times[Math.floor(times.length / 2)]! * 1e6) / (ROUNDS * orders.length * rows.length)
}

const compiled = rows.map(row => compileLogic(row, siteReader))
const tried = rows.map(row => compileLogic(row))
const results = {
  'compiled closures': measure((row, data) => compiled[row]!(data)),
  'compiled closures of rules only tried': measure((row, data) => tried[row]!(data)),
  'json-logic-js': measure((row, data) => jsonLogic.apply(rows[row] as boolean, data)),
  'reference (json-logic-js, own properties)': measure((row, data) => applyReference(rows[row], data)),
}

console.log(`Three-row decision table, ns per row (median of ${REPEATS}):`)
for (const [name, ns] of Object.entries(results))
  console.log(`  ${name.padEnd(44)}${ns.toFixed(0).padStart(8)} ns`)
console.log(
  `  faster than json-logic-js by ${(results['json-logic-js'] / results['compiled closures']).toFixed(1)}×`,
)
