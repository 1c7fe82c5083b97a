import { rmSync, statSync } from 'node:fs'
import { chmod, mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { open as openLmdb, type RootDatabase } from 'lmdb'
import { startEmbeddedStore } from '../embedded.ts'
import { checkPages, type PageFindings } from '../store/check-pages.ts'
import { findLog } from '../store/log/found-log.ts'
import { holdFolder } from './hold-folder.ts'
import { claimStore, storeFolder } from './reach-store.ts'
import { syncFolder } from './target-folder.ts'
import { ToolError } from './tool-error.ts'

/** Folder in the store's own for the new file: a name can be taken over in one step within a file system only. */
const PASSING = 'compacted'

/**
 * Writes the data file anew without its free pages. The new one takes the old one's place in one step when it is
 * whole on the disk, so a crash leaves the one or the other. Throws ToolError while another process has the folder,
 * or where the file is damaged.
 * @returns bytes before and after
 */
export async function compactFolder(dataDir: string): Promise<{ before: number; after: number }> {
  const folder = storeFolder(dataDir)
  const file = join(folder, 'data.mdb')
  const passing = join(folder, PASSING)
  const release = await claimStore(dataDir)
  try {
    const log = findLog(join(folder, 'log'))
    refuseDamaged(checkPages(file, log.flushed))
    if (log.paths.length > 0) await takeLogIn(folder)
    const before = statSync(file).size
    await moveCopyIn(folder, passing)
    return { before, after: statSync(file).size }
  } finally {
    rmSync(passing, { recursive: true, force: true })
    await release()
  }
}

/** The folder was not closed in order: opening it brings what the log holds into the data file. */
async function takeLogIn(folder: string): Promise<void> {
  const store = await startEmbeddedStore({ dataDir: folder })
  await store.close()
}

async function moveCopyIn(folder: string, passing: string): Promise<void> {
  const letGo = await holdFolder(folder)
  try {
    const old = checkPages(join(folder, 'data.mdb'), undefined)
    rmSync(passing, { recursive: true, force: true })
    await mkdir(passing, { mode: 0o700 })
    await copyCompacted(folder, passing, old.lost > 0)
    const copy = checkPages(join(passing, 'data.mdb'), undefined)
    refuseDamaged(copy)
    if (copy.entries !== old.entries) throw incomplete(old.entries, copy.entries)
    await rename(join(passing, 'data.mdb'), join(folder, 'data.mdb'))
    await syncFolder(folder)
  } finally {
    await letGo()
  }
}

/** LMDB copies quicker than we do, and refuses a file of which pages were lost. */
async function copyCompacted(folder: string, target: string, hasLostPages: boolean): Promise<void> {
  const db = openLmdb<Buffer, Uint8Array>(folder, { ...OPTIONS, readOnly: true })
  try {
    if (hasLostPages) await copyEntries(db, target)
    else await db.backup(target, true)
  } finally {
    await db.close()
  }
  const path = join(target, 'data.mdb')
  await chmod(path, 0o600)
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

const OPTIONS = { keyEncoding: 'binary', encoding: 'binary', cache: false, overlappingSync: false } as const
const ENTRIES_PER_TRANSACTION = 10_000

async function copyEntries(db: RootDatabase<Buffer, Uint8Array>, target: string): Promise<void> {
  const copy = openLmdb<Buffer, Uint8Array>(target, { ...OPTIONS, pageSize: 4096, noSync: true })
  const entries = db.getRange({ snapshot: true })[Symbol.iterator]()
  try {
    let step = entries.next()
    while (!step.done)
      copy.transactionSync(() => {
        for (let count = 0; !step.done && count < ENTRIES_PER_TRANSACTION; count++) {
          copy.putSync(step.value.key, step.value.value, { append: true })
          step = entries.next()
        }
      })
  } finally {
    entries.return?.()
    await copy.close()
  }
}

function refuseDamaged({ problems }: PageFindings): void {
  const [problem] = problems
  if (!problem) return
  throw new ToolError(
    `数据文件已损坏,没有压缩:${problem.zh}。请运行 verify 查看详情`,
    `The data file is damaged and was not compacted: ${problem.en}. Run verify for details`,
  )
}

function incomplete(expected: number, found: number): ToolError {
  return new ToolError(
    `压缩后的文件只有 ${found} 条,应有 ${expected} 条;没有改动任何东西`,
    `The compacted file has ${found} entries instead of ${expected}; nothing was changed`,
  )
}
