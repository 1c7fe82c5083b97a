import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own that is soon full. */
export interface SmallDisk {
  readonly folder: string
  /** Takes up room, or all there is; `makeRoom` gives it back. */
  fill(name: string, megabytes: number): void
  fillUp(name: string): void
  makeRoom(name: string): void
  remove(): void
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** Mounts one in memory; null where this user or machine may not. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', folder])
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true })
    return null
  }
  return {
    folder,
    fill: (name, size) => writeFileSync(join(folder, name), Buffer.alloc(size * 1024 * 1024)),
    fillUp: name => writeFileSync(join(folder, name), Buffer.alloc(freeBytes(folder))),
    makeRoom: name => rmSync(join(folder, name)),
    remove() {
      spawnSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
