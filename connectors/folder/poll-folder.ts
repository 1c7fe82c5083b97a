import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { deliverFile, type FileReport } from '../../server/intake/files/deliver-file.ts'
import { FileUnreadableError } from '../../server/intake/files/document-file.ts'
import { readOrderFile } from '../../server/intake/files/read-file.ts'
import { readingOf } from '../../server/intake/files/reading.ts'
import type { PollContext } from '../connector.ts'
import { moveAway } from './move-away.ts'
import { type FoundFile, isUnchanged, settledFiles } from './settled-files.ts'

export interface FolderSettings {
  readonly path: string
  readonly settleMs?: number
}

type FolderContext = Pick<
  PollContext<FolderSettings>,
  'connection' | 'settings' | 'dataDir' | 'maxBytes' | 'signal' | 'accept' | 'refuse'
>

const SETTLE_MS = 2_000

/**
 * Takes every file of the folder that is written to the end: hands its orders over, then moves it to `done/`,
 * or to `failed/` where nothing in it could be used; what was wrong is written beside it.
 * A crash in between leaves the file where it is; next time its orders are repeats of known events.
 * @throws what handing over throws (errors.Busy): the file stays and is tried again at the next poll
 */
export async function pollFolder(context: FolderContext): Promise<void> {
  const folder = resolve(context.dataDir, context.settings.path)
  await mkdir(folder, { recursive: true })
  const settleMs = context.settings.settleMs ?? SETTLE_MS
  for (const file of await settledFiles(folder, settleMs, context.signal)) {
    if (context.signal.aborted) return
    await takeFile(join(folder, file.name), file, context)
  }
}

async function takeFile(path: string, file: FoundFile, context: FolderContext): Promise<void> {
  if (file.size > context.maxBytes) {
    const megabytes = Math.round(context.maxBytes / 1024 / 1024)
    return moveAway(path, 'failed', {
      reason: `文件超过 ${megabytes} MB / The file is larger than ${megabytes} MB`,
    })
  }
  const content = await readFile(path)
  // Written to again while it was read: it is not finished after all.
  if (!(await isUnchanged(path, file))) return
  let report: FileReport
  try {
    report = await deliverFile(
      await readOrderFile(content, file.name, readingOf(context.connection, new Date(file.modifiedMs))),
      context,
    )
  } catch (error) {
    if (!(error instanceof FileUnreadableError)) throw error
    return moveAway(path, 'failed', { reason: error.message })
  }
  const nothingUsed = report.accepted + report.repeated === 0
  const problems =
    nothingUsed && report.documents === 0
      ? { ...report, reason: '文件里没有订单 / The file holds no orders' }
      : report
  // Totals and notes are no orders; hidden rows may be some that somebody counts on.
  const isOfNote =
    nothingUsed || report.refused.length > 0 || report.skipped.some(({ why }) => why === 'hidden')
  return moveAway(path, nothingUsed ? 'failed' : 'done', isOfNote ? problems : undefined)
}
