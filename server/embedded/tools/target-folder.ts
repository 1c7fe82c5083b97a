import { existsSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isOurs } from './dump-metadata.ts'
import { ToolError } from './tool-error.ts'

/** A folder that is filled under another name, and gets its own when it is whole. */
interface TargetFolder {
  /** Where to write. */
  readonly path: string
  /** Gives it its name. */
  finish(): Promise<void>
  /** Takes back what was written. */
  cancel(): Promise<void>
}

const PARTIAL = '.unfinished-'
const OLD = '.replaced-'
const LEFTOVER = /^(\.unfinished-|\.replaced-)(\d+)$/

/**
 * Prepares a folder for an export to `target`. Throws ToolError where something is there already that must not be
 * overwritten: only an earlier export may, and only with `replace`.
 */
export async function openTarget(target: string, replace: boolean): Promise<TargetFolder> {
  const parent = dirname(target)
  await mkdir(parent, { recursive: true })
  await tidy(parent, basename(target))
  await refuseForeign(target, replace)
  const path = `${target}${PARTIAL}${process.pid}`
  await mkdir(path, { mode: 0o700 })
  return {
    path,
    async finish() {
      await syncFolder(path)
      const old = `${target}${OLD}${process.pid}`
      if (existsSync(target)) await rename(target, old)
      await rename(path, target)
      await syncFolder(parent)
      await rm(old, { recursive: true, force: true })
    },
    cancel: () => rm(path, { recursive: true, force: true }),
  }
}

async function refuseForeign(target: string, replace: boolean): Promise<void> {
  if (!existsSync(target)) return
  const files = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOTDIR') return ['']
    throw error
  })
  if (files.length === 0) return
  const prelude = join(target, 'prelude.json')
  const ours = existsSync(prelude) && isOurs(await readFile(prelude, 'utf8'))
  if (ours && replace) return
  throw ours
    ? new ToolError(
        `${target} 里已有一份导出。要用新的导出代替它,请加 --replace`,
        `${target} holds an earlier export. Add --replace to put the new one in its place`,
      )
    : new ToolError(
        `${target} 不是空目录,也不是本产品的导出,不会覆盖它。请换一个目录`,
        `${target} is not empty and no export of ours, so it is not overwritten. Choose another folder`,
      )
}

/** Mends what an export that was killed has left: its own half goes, and what it was about to replace comes back. */
async function tidy(parent: string, name: string): Promise<void> {
  for (const file of await readdir(parent)) {
    const [, kind, pid] = LEFTOVER.exec(file.startsWith(name) ? file.slice(name.length) : '') ?? []
    if (!kind || isRunning(Number(pid))) continue
    const path = join(parent, file)
    if (kind === OLD && !existsSync(join(parent, name))) await rename(path, join(parent, name))
    else await rm(path, { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Makes sure that the names in a folder are on the disk; Windows does not open folders, nor need it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
