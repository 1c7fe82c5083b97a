import { expect, it } from 'vitest'
import { encode } from '../../../server/embedded/bson/codec.ts'
import { openCatalog } from '../../../server/embedded/store/catalog.ts'
import { documentsIn } from '../../../server/embedded/store/documents.ts'
import { refuseUnknownFormat } from '../../../server/embedded/store/format.ts'
import { TABLE } from '../../../server/embedded/store/tables.ts'
import { openTree, type Tree } from '../../../server/embedded/store/tree.ts'
import { temporaryFolder } from '../support/running-store.ts'
import { openWithoutServer } from './closed-folder.ts'

const FORMAT = Buffer.from('format')

function writeVersion(tree: Tree, version: number): void {
  const value = Buffer.alloc(4)
  value.writeUInt32BE(version)
  tree.put(TABLE.meta, FORMAT, value)
}

/** Without a log everything was one LMDB transaction after the other; tables, keys and values are the same. */
async function folderOfFormatOne(): Promise<string> {
  const folder = temporaryFolder()
  const tree = openTree(folder, 'fsync')
  tree.transact(() => writeVersion(tree, 1))
  const catalog = openCatalog(tree)
  const documents = documentsIn(tree, catalog)
  tree.transact(() => {
    const collection = catalog.create('t', 'c')
    catalog.addIndex(collection, { name: 'n', key: { n: 1 }, unique: true }, true)
    for (let n = 0; n < 50; n++) documents.insert(collection, encode({ _id: n, n }))
    catalog.saveCounts()
  })
  await tree.close()
  return folder
}

it('takes over a folder of format 1, which was written without a log', async () => {
  const folder = await folderOfFormatOne()
  const tree = openTree(folder, 'commit')
  expect(() => refuseUnknownFormat(tree, folder)).not.toThrow()
  await tree.close()
  const first = openWithoutServer(folder)
  const collection = first.store.catalog.find('t', 'c')!
  expect(collection.count).toBe(50)
  await first.store.commits.submit(() => {
    first.store.documents.insert(collection, encode({ _id: 50, n: 50 }))
    return { done: undefined }
  })
  await first.close()
  const second = openWithoutServer(folder)
  expect(second.store.tree.get(TABLE.meta, FORMAT)?.readUInt32BE(0)).toBe(2)
  const again = second.store.catalog.find('t', 'c')!
  expect(again.count).toBe(51)
  await expect(
    second.store.commits.submit(() => {
      second.store.documents.insert(again, encode({ _id: 51, n: 7 }))
      return { done: undefined }
    }),
  ).rejects.toMatchObject({ code: 11000 })
  await second.close()
})

it('refuses a format newer than its own and leaves the folder as it is', async () => {
  const folder = temporaryFolder()
  const tree = openTree(folder, 'commit')
  tree.transact(() => writeVersion(tree, 3))
  expect(() => refuseUnknownFormat(tree, folder)).toThrow(
    expect.objectContaining({
      code: 'DATA_FORMAT_UNKNOWN',
      message: expect.stringMatching(
        /has format 3.*reads formats 1 to 2.*Start the version of the program that wrote it/,
      ),
    }),
  )
  expect(tree.get(TABLE.meta, FORMAT)?.readUInt32BE(0)).toBe(3)
  await tree.close()
})
