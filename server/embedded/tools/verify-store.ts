import { join } from 'node:path'
import type { Document } from 'bson'
import type { Db, MongoClient } from 'mongodb'
import { findOwner } from '../../store/find-owner.ts'
import type { Text } from '../../workflow/text.ts'
import { checkPages } from '../store/check-pages.ts'
import { findLog, lastGroupOf } from '../store/log/found-log.ts'
import { StartError } from '../store/start-error.ts'
import { type Console, inBytes, inDigits } from './console.ts'
import { claimStore, reachStore, storeFolder } from './reach-store.ts'

/** What a check of a data folder came to. */
export interface Verdict {
  collections: number
  documents: number
  indexes: number
  entries: number
  problems: Text[]
}

/**
 * Checks a data folder: the pages of the file and the log while nobody has it open, and in any case every document,
 * every index entry, every count and the catalogue.
 */
export async function verifyStore(dataDir: string, console: Console): Promise<Verdict> {
  const verdict: Verdict = { collections: 0, documents: 0, indexes: 0, entries: 0, problems: [] }
  if (await findOwner(storeFolder(dataDir)))
    console.say({
      zh: '产品正在运行:检查文档、索引、计数和目录;数据文件的页要停止产品后才能检查',
      en: 'the product is running: documents, indexes, counts and the catalogue are checked; pages of the data file only while it is stopped',
    })
  else if (!(await verifyFile(dataDir, verdict, console))) return verdict
  await verifyContent(dataDir, verdict, console)
  return verdict
}

/** @returns whether the folder may be opened: LMDB takes what is in its file on trust */
async function verifyFile(dataDir: string, { problems }: Verdict, console: Console): Promise<boolean> {
  const release = await claimStore(dataDir)
  try {
    const folder = storeFolder(dataDir)
    const log = findLog(join(folder, 'log'))
    const found = checkPages(join(folder, 'data.mdb'), log.flushed, (seen, of) =>
      console.progress({
        zh: `正在检查数据文件 ${inDigits(seen)} / ${inDigits(of)} 页`,
        en: 'checking pages',
      }),
    )
    for (const problem of found.problems)
      problems.push({ zh: `数据文件:${problem.zh}`, en: `data file: ${problem.en}` })
    if (problems.length > 0) return false
    const used = found.pages - found.free - found.lost
    console.say({
      zh: `数据文件完好:${inDigits(found.pages)} 页,使用 ${inDigits(used)} 页(${inBytes(used * found.pageBytes)}),空闲 ${inBytes(found.free * found.pageBytes)}`,
      en: `the data file is whole: ${inDigits(used)} of ${inDigits(found.pages)} pages are in use`,
    })
    if (found.lost > 0)
      console.say({
        zh: `有 ${inDigits(found.lost)} 页(${inBytes(found.lost * found.pageBytes)})既没有使用也不在空闲页里。数据没有问题,compact 可以收回它们`,
        en: `${inDigits(found.lost)} pages are neither in use nor listed as free. No harm to the data; compact gets them back`,
      })
    if (lastGroupOf(log) > 0)
      console.say({
        zh: '上次没有正常关闭:日志里还有没写进数据文件的改动,打开时会补上',
        en: 'it was not closed in order: changes in the log are brought into the data file when it is opened',
      })
    return true
  } catch (error) {
    return noteStart(error, problems)
  } finally {
    await release()
  }
}

const REASONS: Readonly<Record<string, string>> = {
  DATA_LOG_DAMAGED: '日志已损坏或缺失',
  DATA_DAMAGED: '数据文件已损坏',
  DATA_FORMAT_UNKNOWN: '数据是另一个版本的程序写的,本程序读不了',
}

/** A folder that refuses to be opened is a finding, with the reason it gives. */
function noteStart(error: unknown, problems: Text[]): false {
  if (!(error instanceof StartError) || error.code === 'DATA_FOLDER_IN_USE') throw error
  const zh = REASONS[error.code] ?? '数据目录打不开'
  problems.push({ zh, en: error.message })
  return false
}

async function verifyContent(dataDir: string, verdict: Verdict, console: Console): Promise<void> {
  const reached = await reachStore(dataDir).catch(error => noteStart(error, verdict.problems))
  if (!reached) return
  try {
    const { client } = reached
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true })
    for (const { name } of databases) await verifyDatabase(client.db(name), verdict, console)
    await verifyCatalog(client, verdict)
  } finally {
    await reached.close()
  }
}

async function verifyDatabase(db: Db, verdict: Verdict, console: Console): Promise<void> {
  const collections = await db.listCollections({}, { nameOnly: true }).toArray()
  for (const { name } of collections.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const namespace = `${db.databaseName}.${name}`
    console.progress({ zh: `正在检查 ${namespace}`, en: 'checking' })
    const reply: Document = await db.command({ validate: name, full: true })
    verdict.collections++
    verdict.documents += reply.nrecords
    verdict.indexes += reply.nIndexes
    verdict.entries += Object.values(reply.keysPerIndex as Record<string, number>).reduce((a, b) => a + b, 0)
    for (const warning of reply.warnings) console.say({ zh: `注意 ${namespace}`, en: warning })
    verdict.problems.push(...problemsIn(namespace, reply))
  }
}

/** What `validate` found, told in both languages; its own words are English. */
function problemsIn(namespace: string, reply: Document): Text[] {
  const problems: Text[] = []
  let untold: string[] = reply.errors
  for (const [name, { errors, missingIndexEntries, extraIndexEntries }] of Object.entries<Document>(
    reply.indexDetails,
  )) {
    if (!errors) continue
    untold = untold.filter(error => !errors.includes(error))
    problems.push({
      zh:
        missingIndexEntries + extraIndexEntries > 0
          ? `集合 ${namespace} 的索引 ${name} 与文档不符:缺 ${inDigits(missingIndexEntries)} 条,多 ${inDigits(extraIndexEntries)} 条`
          : `集合 ${namespace} 的索引 ${name} 读不出来,或标记不对`,
      en: `collection ${namespace}: ${errors.join('; ')}`,
    })
  }
  if (reply.nInvalidDocuments > 0)
    problems.push({
      zh: `集合 ${namespace} 有 ${inDigits(reply.nInvalidDocuments)} 个文档已损坏,或存放的位置与 _id 不符`,
      en: `collection ${namespace}: ${inDigits(reply.nInvalidDocuments)} documents are damaged, or do not lie where their _id says`,
    })
  for (const error of untold)
    problems.push({ zh: `集合 ${namespace} 有误`, en: `collection ${namespace}: ${error}` })
  return problems
}

async function verifyCatalog(client: MongoClient, { problems }: Verdict): Promise<void> {
  const reply = await client.db('admin').command({ checkMetadataConsistency: 1 })
  for (const { description } of reply.cursor.firstBatch)
    problems.push({ zh: '目录与数据不一致', en: `the catalogue does not fit the data: ${description}` })
}
