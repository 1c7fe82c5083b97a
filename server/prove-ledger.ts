// `npm run ledger`: compares the stock with the sum of the ledger, and exits 1 where they differ.
import { readConfig } from './config.ts'
import { WORKSPACE } from './services.ts'
import { openOrEmbed } from './store/open-or-embed.ts'
import { proveLedger } from './world/prove-ledger.ts'

const config = readConfig(process.env)
const { store, close } = await openOrEmbed(config)
const proof = await proveLedger(store, WORKSPACE)
await close()

console.log(
  proof.agrees
    ? `台账与库存一致(${proof.checked} 条) / The ledger equals the stock (${proof.checked} checked)`
    : `台账与库存不一致:${proof.differences.length} 条 / The ledger differs from the stock in ${proof.differences.length} places`,
)
for (const { id, stock, ledger } of proof.differences) console.log(`  ${id}`, { stock, ledger })
process.exit(proof.agrees ? 0 : 1)
