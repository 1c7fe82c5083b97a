import type { WorkflowGraph } from '../../server/workflow/workflow.ts'

/** What this browser keeps of a draft until the server has it: survives a reload, a crash, a lost connection. */
export interface Backup {
  /** Revision and drawing the changes were made on. */
  readonly rev: number
  readonly base: WorkflowGraph
  readonly graph: WorkflowGraph
}

export interface BackupShelf {
  read(workflow: string): Backup | undefined
  keep(workflow: string, backup: Backup): void
  drop(workflow: string): void
}

const keyOf = (workflow: string) => `orderloom.draft.${workflow}`

/** Backups in the browser's own storage; `storage` is `localStorage` but in tests. */
export function backupShelf(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): BackupShelf {
  return {
    read(workflow) {
      const text = storage.getItem(keyOf(workflow))
      if (text === null) return undefined
      try {
        const value = JSON.parse(text) as Partial<Backup>
        return isBackup(value) ? value : undefined
      } catch {
        // Cut off by a full disk or another version: there is nothing in it to bring back.
        return undefined
      }
    },
    keep(workflow, backup) {
      try {
        storage.setItem(keyOf(workflow), JSON.stringify(backup))
      } catch {
        // The browser's storage is full or closed to us: the server's copy, a moment later, is the only one then.
      }
    },
    drop: workflow => storage.removeItem(keyOf(workflow)),
  }
}

function isBackup(value: Partial<Backup>): value is Backup {
  return (
    typeof value.rev === 'number' && Array.isArray(value.graph?.nodes) && Array.isArray(value.base?.nodes)
  )
}
