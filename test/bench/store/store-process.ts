/** A store in a process of its own: `node --import tsx store-process.ts <folder> <its embedded.ts>`. */
import { pathToFileURL } from 'node:url'

const [folder, module] = process.argv.slice(2)
const { startEmbeddedStore } = await import(pathToFileURL(module!).href)
const store = await startEmbeddedStore({ dataDir: folder })
// It ends with the process that started it.
process.once('disconnect', async () => {
  await store.close()
  process.exit()
})
process.send!(store.uri)
