import type { Document } from 'bson'
import type { MongoClient } from 'mongodb'
import { type Console, inBytes, inDigits } from './console.ts'

/** Prints what every collection holds, and each database in all. */
export async function sayStats(client: MongoClient, console: Console): Promise<void> {
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true })
  for (const { name } of databases) {
    const db = client.db(name)
    const collections = await db.listCollections({}, { nameOnly: true }).toArray()
    const all = { documents: 0, bytes: 0, indexes: 0, indexBytes: 0 }
    for (const collection of collections.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      console.progress({ zh: `正在统计 ${name}.${collection.name}`, en: 'measuring' })
      const stats = await db.command({ collStats: collection.name })
      sayCollection(stats, console)
      all.documents += stats.count
      all.bytes += stats.size
      all.indexes += stats.nindexes
      all.indexBytes += stats.totalIndexSize
    }
    console.say({
      zh: `${name} 合计 ${collections.length} 个集合,${inDigits(all.documents)} 个文档 ${inBytes(all.bytes)},${all.indexes} 个索引 ${inBytes(all.indexBytes)}`,
      en: `${name} in all: ${collections.length} collections, ${inDigits(all.documents)} documents, ${all.indexes} indexes`,
    })
  }
}

function sayCollection({ ns, count, size, indexSizes, indexDetails }: Document, console: Console): void {
  console.say({
    zh: `${ns}  ${inDigits(count)} 个文档 ${inBytes(size)}`,
    en: `${inDigits(count)} documents`,
  })
  for (const [name, bytes] of Object.entries<number>(indexSizes)) {
    if (name === '_id_') continue
    const { entries } = indexDetails[name]
    console.say({
      zh: `    索引 ${name}  ${inDigits(entries)} 条 ${inBytes(bytes)}`,
      en: `index, ${inDigits(entries)} entries`,
    })
  }
}
