import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openPrivateFolder } from '../../../server/embedded/store/private-folder.ts'
import { openTree } from '../../../server/embedded/store/tree.ts'
import { listen } from '../../../server/embedded/wire/listen.ts'
import { noteOwner } from '../../../server/store/find-owner.ts'
import { temporaryFolder } from '../support/running-store.ts'
import { filledFolder, openWithoutServer } from './closed-folder.ts'

const onWindows = process.platform === 'win32'

/** Every folder and file below a folder that somebody else may do something with. */
function openToOthers(folder: string): string[] {
  return [folder, ...readdirSync(folder, { recursive: true }).map(name => join(folder, String(name)))]
    .filter(path => !path.endsWith('.sock'))
    .filter(path => (statSync(path).mode & 0o077) !== 0)
}

function withUmask(mask: number): void {
  const before = process.umask(mask)
  onTestFinished(() => void process.umask(before))
}

it.skipIf(onWindows)('makes nothing anybody else can read, whatever the umask says', async () => {
  withUmask(0)
  const { folder, close } = await filledFolder()
  const listener = await listen(folder)
  const forget = await noteOwner(folder, 'mongodb://x')
  expect(readdirSync(folder).sort()).toEqual(['data.mdb', 'lock.mdb', 'log', 'run'])
  expect(openToOthers(folder)).toEqual([])
  await listener.close()
  await forget()
  await close()
  expect(readdirSync(folder)).toContain('data.seal')
  expect(openToOthers(folder)).toEqual([])
})

it.skipIf(onWindows)('takes from others what they could read in a folder that is there already', async () => {
  withUmask(0o022)
  const folder = temporaryFolder()
  const first = openWithoutServer(folder)
  await first.close()
  mkdirSync(join(folder, 'run'), { recursive: true })
  writeFileSync(join(folder, 'run', 'owner.json.new'), 'left by a killed process', { mode: 0o644 })
  for (const name of ['data.mdb', 'lock.mdb', 'data.seal']) chmodSync(join(folder, name), 0o644)
  for (const name of ['log', 'run', '.']) chmodSync(join(folder, name), 0o755)
  const second = openWithoutServer(folder)
  await (await noteOwner(folder, 'mongodb://user:secret@x'))()
  expect(openToOthers(folder)).toEqual([])
  await second.close()
})

it('says of a path that is a file, or below one, that it is', () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, 'not a folder')
  for (const path of [file, join(file, 'below')])
    expect(() => openPrivateFolder(path)).toThrow(
      expect.objectContaining({
        code: 'DATA_FOLDER_UNUSABLE',
        message: expect.stringMatching(new RegExp(`${path} cannot be used: .*is a file.*another folder`)),
      }),
    )
})

it('says of a folder that cannot be written that it cannot', async ctx => {
  const folder = temporaryFolder()
  if (process.getuid?.() === 0) {
    // Nothing keeps root from writing but the file system itself.
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs', folder]).status === 0
    if (!mounted) return ctx.skip('this machine lets nobody mount')
    onTestFinished(() => void spawnSync('umount', [folder]))
  } else chmodSync(folder, 0o500)
  expect(() => openTree(folder, 'commit')).toThrow(
    expect.objectContaining({
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringMatching(/cannot be used: .*(can only be read|right to read and write)/),
    }),
  )
})
