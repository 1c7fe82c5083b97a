import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Role } from '../../server/cluster/role.ts'
import { readConfig } from '../../server/config.ts'
import { claimOpening } from '../../server/store/claim-folder.ts'
import { findOwner } from '../../server/store/find-owner.ts'
import { type OpenedStore, openOrEmbed } from '../../server/store/open-or-embed.ts'
import { eventually } from '../support/store-room.ts'

let dataDir: string
let opened: OpenedStore[]

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'orderloom-'))
  opened = []
})
afterEach(async () => {
  for (const each of opened.reverse()) await each.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function open(role: Role, lost?: () => void): Promise<OpenedStore> {
  const store = await openOrEmbed(readConfig({ DATA_DIR: dataDir, ROLE: role }), lost)
  opened.push(store)
  return store
}

const note = () => join(dataDir, 'store', 'run', 'owner.json')

describe('a data folder', () => {
  it('is opened by the first process and shared with web and worker processes that come later', async () => {
    const first = await open('web')
    expect(first.ownsStore).toBe(true)
    const second = await open('worker')
    expect(second.ownsStore).toBe(false)
    await second.store.lanes.updateOne({ _id: 0 }, { $set: { owner: 'somebody' } })
    expect((await first.store.lanes.findById(0).lean())?.owner).toBe('somebody')
  })

  it('is refused to a second process that is to do everything: it was started by mistake', async () => {
    await open('all')
    await expect(open('all')).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' })
  })

  it('is told to be lost when whoever opened it ends, and is opened anew by the next', async () => {
    const owner = await open('worker')
    let isLost = false
    const guest = await open('web', () => {
      isLost = true
    })
    await owner.close()
    opened = [guest]
    await eventually('the guest knows', () => isLost)
    const next = await open('worker')
    expect(next.ownsStore).toBe(true)
  })

  it('says nothing of a loss when it is the guest that leaves', async () => {
    await open('web')
    let isLost = false
    const guest = await open('worker', () => {
      isLost = true
    })
    await guest.close()
    opened.pop()
    await new Promise(resolve => setTimeout(resolve, 50))
    expect(isLost).toBe(false)
  })

  it('is opened by the next where a process was killed or half of its note is left', async () => {
    const first = await open('worker')
    const left = await readFile(note(), 'utf8')
    await first.close()
    opened = []
    for (const text of [left, left.slice(0, 20), left.replace(/:\d+:/, ':999999999:')]) {
      await writeFile(note(), text)
      expect(await findOwner(join(dataDir, 'store'))).toBeNull()
    }
    expect((await open('worker')).ownsStore).toBe(true)
    expect(await findOwner(join(dataDir, 'store'))).not.toBeNull()
  })

  it('is opened by exactly one of several that start at the same moment, after its owner was killed', async () => {
    const run = join(dataDir, 'store', 'run')
    await mkdir(run, { recursive: true })
    await writeFile(join(run, 'claim-7'), `${hostname()}:999999999:x`)
    await Promise.all([open('worker'), open('web'), open('worker'), open('worker')])
    expect(opened.map(each => each.ownsStore).sort()).toEqual([false, false, false, true])
    expect((await readdir(run)).filter(name => name.startsWith('claim-'))).toEqual(['claim-8'])
  })

  it('is left alone by all others while one process opens it', async () => {
    const release = await claimOpening(await folder(), undefined)
    expect(await claimOpening(await folder(), undefined)).toBeNull()
    await expect(open('all')).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' })
    await release!()
    expect((await open('all')).ownsStore).toBe(true)
  })

  it('is not kept from others by a number that was given to another process since', async () => {
    const claim = join(await folder(), 'run', 'claim-1')
    await writeFile(claim, `${hostname()}:1:long-ago`)
    expect(await claimOpening(await folder(), undefined)).toBeNull()
    const longAgo = new Date(Date.now() - 600_000)
    await utimes(claim, longAgo, longAgo)
    expect(await claimOpening(await folder(), `${hostname()}:1:long-ago`)).toBeNull()
    expect(await claimOpening(await folder(), undefined)).not.toBeNull()
  })

  async function folder(): Promise<string> {
    await mkdir(join(dataDir, 'store', 'run'), { recursive: true })
    return join(dataDir, 'store')
  }
})
