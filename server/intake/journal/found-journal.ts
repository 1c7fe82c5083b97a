import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blocksIn, type FoundRecord } from './block.ts'

const FILE = /^([0-9a-f]{16})-\d+\.log$/

interface FoundFile {
  readonly path: string
  readonly records: readonly FoundRecord[]
}

/** What processes before this one left in the folder of their journal. */
export interface FoundJournal {
  readonly files: readonly FoundFile[]
  readonly lastGroup: number
}

/** Whether there may be events in the folder. */
export const holdsJournal = (folder: string): boolean => journalFiles(folder).length > 0

function journalFiles(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter(name => FILE.test(name)) : []
}

/**
 * Reads the journal in a folder. A group at the end of a file that is not whole was never acknowledged and is left
 * out, and so is everything before the newest mark: it was worked off.
 */
export function findJournal(folder: string): FoundJournal {
  const found = journalFiles(folder).map(name => {
    const path = join(folder, name)
    return { path, blocks: [...blocksIn(readFileSync(path), Buffer.from(FILE.exec(name)![1]!, 'hex'))] }
  })
  const blocks = found.flatMap(file => file.blocks)
  const mark = blocks.reduce((most, block) => Math.max(most, block.mark), 0)
  return {
    files: found.map(file => ({
      path: file.path,
      records: file.blocks.flatMap(block => (block.group >= mark ? block.records : [])),
    })),
    lastGroup: blocks.reduce((most, block) => Math.max(most, block.group), 0),
  }
}
