// `npm run ledger`: compares the stock with the sum of the ledger, and exits 1 where they differ.
import { readConfig } from './config.ts'
import { startEmbeddedStore } from './embedded/embedded.ts'
import { WORKSPACE } from './services.ts'
import { openStore } from './store/store.ts'
import { proveLedger } from './world/prove-ledger.ts'

const config = readConfig(process.env)
const embedded = config.mongoUri ? undefined : await startEmbeddedStore({ dataDir: config.dataDir })
const store = await openStore(config.mongoUri ?? embedded!.uri, { retentionDays: config.retentionDays })
const proof = await proveLedger(store, WORKSPACE)
await store.close()
await embedded?.close()

console.log(
  proof.agrees
    ? `台账与库存一致(${proof.checked} 条) / The ledger equals the stock (${proof.checked} checked)`
    : `台账与库存不一致:${proof.differences.length} 条 / The ledger differs from the stock in ${proof.differences.length} places`,
)
for (const { id, stock, ledger } of proof.differences) console.log(`  ${id}`, { stock, ledger })
process.exit(proof.agrees ? 0 : 1)
