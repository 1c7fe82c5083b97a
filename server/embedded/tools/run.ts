// `npm run store -- <command>`: takes data out of the embedded store and in, checks it, measures it, compacts it.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../../config.ts'
import type { Text } from '../../workflow/text.ts'
import { StartError } from '../store/start-error.ts'
import { compactFolder } from './compact-folder.ts'
import { type Console, inBoth, inBytes, inDigits, processConsole } from './console.ts'
import { measureFiles } from './data-files.ts'
import { exportDump } from './export-dump.ts'
import { importDump } from './import-dump.ts'
import { connectTo, openStoreAlone, reachStore, refuseMissing } from './reach-store.ts'
import { sayStats } from './store-stats.ts'
import { ToolError } from './tool-error.ts'
import { verifyStore } from './verify-store.ts'

const USAGE = `npm run store -- <command> [--data <folder>]

  export <dir> [--replace]
      把全部数据导出为 mongodump 格式,产品运行时也可以;mongorestore 和 Compass 都能用
      writes all data in mongodump's format, also while the product runs; for mongorestore and Compass
  import <dir> [--replace] [--to mongodb://…] [--as <database>]
      导入这样的目录(mongodump 做的也行)到产品的数据目录,或用 --to 导入到 MongoDB
      brings such a folder (mongodump's too) into the data folder, or with --to into a MongoDB
  verify
      检查每个文档、每条索引、计数、目录、日志和数据文件;有误则退出码为 1
      checks every document, index entry, count, the catalogue, the log and the data file; exits 1 where something is wrong
  stats
      每个集合和索引的条数与大小,以及文件大小
      what every collection and index holds, and how large the files are
  compact
      产品停止时重写数据文件,把空闲空间还给磁盘
      writes the data file anew while the product is stopped, and gives its free room back

  --data     数据目录,默认与产品相同(DATA_DIR,没有则为 data) / the data folder, by default the product's
  --as       导入后的数据库名,产品用的是 orderloom / the database's name, which is orderloom for the product
  --replace  代替已有的导出或集合 / replaces an earlier export, or collections that are there`

interface Request {
  dataDir: string
  folder: string | undefined
  replace: boolean
  to: string | undefined
  as: string | undefined
}

/** What each command does; answers whether all is well. */
const COMMANDS: Readonly<Record<string, (request: Request, console: Console) => Promise<boolean>>> = {
  async export({ dataDir, folder, replace }, console) {
    const target = resolve(required(folder))
    refuseMissing(dataDir)
    const { client, shared, close } = await reachStore(dataDir)
    try {
      const exported = await exportDump(client, { target, replace }, console)
      sayCounts(exported, console)
      const documents = exported.reduce((sum, collection) => sum + collection.documents, 0)
      console.say({
        zh: `已导出 ${exported.length} 个集合、${inDigits(documents)} 个文档到 ${target}`,
        en: `exported ${exported.length} collections with ${inDigits(documents)} documents`,
      })
      if (shared)
        console.say({
          zh: '导出时产品在运行:每个文档都完整,但各集合不是同一时刻的,刚到的订单也可能不在内。要同一时刻的完整数据,请停止产品再导出',
          en: 'the product was running: every document is whole, but they are not all of one instant, and orders that just came may be missing; stop the product for that',
        })
    } finally {
      await close()
    }
    return true
  },

  async import({ dataDir, folder, replace, to, as }, console) {
    const source = resolve(required(folder))
    const { client, close } = to ? await connectElsewhere(to) : await openStoreAlone(dataDir)
    try {
      const imported = await importDump(client, { source, replace, as }, console)
      sayCounts(imported, console)
      const documents = imported.reduce((sum, collection) => sum + collection.documents, 0)
      console.say({
        zh: `已导入 ${imported.length} 个集合、${inDigits(documents)} 个文档`,
        en: `imported ${imported.length} collections with ${inDigits(documents)} documents`,
      })
      if (!to && !imported.some(({ namespace }) => namespace.startsWith(`${DATABASE}.`)))
        console.say(OTHER_NAME)
    } finally {
      await close()
    }
    return true
  },

  async verify({ dataDir }, console) {
    refuseMissing(dataDir)
    const { problems, collections, documents, indexes, entries } = await verifyStore(dataDir, console)
    for (const problem of problems) console.say({ zh: `✗ ${problem.zh}`, en: problem.en })
    if (problems.length > 0)
      console.say({
        zh: `发现 ${problems.length} 处问题。请停止产品,保留数据目录的副本,再从备份或导出恢复`,
        en: `${problems.length} things are wrong. Stop the product, keep a copy of the data folder, and restore a backup or an export`,
      })
    else
      console.say({
        zh: `✓ 一切完好:${collections} 个集合,${inDigits(documents)} 个文档,${indexes} 个索引,${inDigits(entries)} 条索引项`,
        en: `all is well: ${collections} collections, ${inDigits(documents)} documents, ${indexes} indexes, ${inDigits(entries)} entries`,
      })
    return problems.length === 0
  },

  async stats({ dataDir }, console) {
    refuseMissing(dataDir)
    const { client, close } = await reachStore(dataDir)
    try {
      await sayStats(client, console)
    } finally {
      await close()
    }
    const { data, log } = measureFiles(dataDir)
    console.say({
      zh: `文件:数据 ${inBytes(data)},日志 ${inBytes(log)}`,
      en: `files: data ${inBytes(data)}, log ${inBytes(log)}`,
    })
    return true
  },

  async compact({ dataDir }, console) {
    refuseMissing(dataDir)
    const { before, after } = await compactFolder(dataDir)
    console.say({
      zh: `已压缩:${inBytes(before)} → ${inBytes(after)}`,
      en: `compacted: ${inBytes(before)} to ${inBytes(after)}`,
    })
    return true
  },
}

/** The command line was not understood. */
class UsageError extends Error {}

function required(folder: string | undefined): string {
  if (!folder) throw new UsageError()
  return folder
}

async function connectElsewhere(uri: string) {
  const client = await connectTo(uri)
  return { client, close: () => client.close() }
}

function sayCounts(
  collections: readonly { namespace: string; documents: number; bytes: number; indexes: number }[],
  console: Console,
): void {
  for (const { namespace, documents, bytes, indexes } of collections)
    console.say({
      zh: `  ${namespace}  ${inDigits(documents)} 个文档 ${inBytes(bytes)},${indexes} 个索引`,
      en: `${inDigits(documents)} documents, ${indexes} indexes`,
    })
}

/** @returns the exit code: 0 when all is well, 1 when something is wrong, 2 for a command nobody understands */
async function main(): Promise<number> {
  const { values, positionals } = parse()
  const [name = '', folder, ...more] = positionals
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (values.help || !command || more.length > 0) {
    process.stdout.write(`${USAGE}\n`)
    return values.help ? 0 : 2
  }
  const dataDir = resolve(values.data ?? readConfig(process.env).dataDir)
  const { replace = false, to, as } = values
  const console = processConsole()
  if (readConfig(process.env).mongoUri && !values.data && !to) console.say(OTHER_DATA)
  return (await command({ dataDir, folder, replace, to, as }, console)) ? 0 : 1
}

/** What the product's data is called in the embedded store. */
const DATABASE = 'orderloom'

const OTHER_NAME: Text = {
  zh: `注意:产品只读数据库 ${DATABASE},导入的是别的名字。要给产品用,请加 --as ${DATABASE} 再导入一次`,
  en: `note: the product reads the database ${DATABASE} only; import again with --as ${DATABASE} if this is for it`,
}

const OTHER_DATA: Text = {
  zh: '注意:设置了 MONGODB_URI,产品用的是那里的数据;这个命令处理的是内置数据库',
  en: 'note: MONGODB_URI is set, so the product uses the data there; this is about the embedded store',
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        replace: { type: 'boolean' },
        to: { type: 'string' },
        as: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    // An option nobody knows.
    throw new UsageError((error as Error).message)
  }
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof UsageError) {
    process.stdout.write(`${USAGE}\n`)
    return 2
  }
  process.stderr.write(`${messageOf(error)}\n`)
  return 1
})

function messageOf(error: unknown): string {
  if (error instanceof ToolError) return inBoth(error.text)
  if (error instanceof StartError) return inBoth({ zh: '数据目录打不开', en: error.message })
  return inBoth({
    zh: '没有完成',
    en: error instanceof Error ? (error.stack ?? error.message) : String(error),
  })
}
