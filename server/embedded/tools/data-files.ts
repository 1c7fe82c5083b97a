import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { storeFolder } from './reach-store.ts'

/** Bytes of the files of a store. */
interface DataFiles {
  data: number
  log: number
}

export function measureFiles(dataDir: string): DataFiles {
  const folder = storeFolder(dataDir)
  return { data: sizeOf(join(folder, 'data.mdb')), log: sizeOfAll(join(folder, 'log')) }
}

function sizeOfAll(folder: string): number {
  return namesIn(folder).reduce((sum, name) => sum + sizeOf(join(folder, name)), 0)
}

/** The owner makes and removes files while others look. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
