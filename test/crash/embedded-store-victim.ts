import { startEmbeddedStore } from '../../server/embedded/embedded.ts'

// A process of its own around the embedded store, to be killed: tells its URI and then only serves.
const store = await startEmbeddedStore({ dataDir: process.argv[2]! })
process.stdout.write(`${store.uri}\n`)
