import { hostname } from 'node:os'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { laneShare } from '../../server/cluster/lane-share.ts'
import { type Members, openMembers } from '../../server/cluster/members.ts'
import type { Role } from '../../server/cluster/role.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from '../support/embedded.ts'
import { eventually } from '../support/store-room.ts'

let store: Store
let started: Members[]

beforeEach(async () => {
  store = await freshStore()
  started = []
})
afterEach(async () => {
  for (const each of started) await each.stop()
  await store.close()
})

const log = { warn: (details: object) => console.error(details) }

/** A process on a machine of its own, of which nothing is known but its beats. */
async function join(name: string, role: Role = 'worker'): Promise<Members> {
  const members = openMembers(store, { role, log, name: `${name}:1:x` })
  await members.start()
  started.push(members)
  return members
}

const namesOf = (members: Members) => members.others().map(each => each.name.split(':')[0])

describe('the processes on a store', () => {
  it('know of each other within a second, and of nobody when alone', async () => {
    const a = await join('a')
    expect(namesOf(a)).toEqual([])
    const b = await join('b', 'web')
    expect(b.others()).toEqual([{ name: 'a:1:x', role: 'worker' }])
    await eventually('a knows b', () => namesOf(a).includes('b'), 1_500)
  })

  it('are told when one comes and when one leaves', async () => {
    const a = await join('a')
    let changes = 0
    a.onChange(() => changes++)
    const b = await join('b')
    await eventually('b came', () => changes === 1)
    await b.stop()
    await eventually('b left', () => changes === 2 && namesOf(a).length === 0)
  })

  it('take one for dead whose beat stands still, whatever the clocks say', async () => {
    const beats = store.connection.db!.collection<{ _id: string; role: Role; beat: number }>('workers')
    await beats.insertOne({ _id: 'silent:1:x', role: 'worker', beat: 7 })
    const a = await join('a')
    expect(namesOf(a)).toEqual(['silent'])
    const now = performance.now.bind(performance)
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + 3_000)
    try {
      await eventually('it is taken for dead', () => namesOf(a).length === 0, 1_500)
    } finally {
      clock.mockRestore()
    }
    await beats.updateOne({ _id: 'silent:1:x' }, { $inc: { beat: 1 } })
    await eventually('it woke up', () => namesOf(a).length === 1, 1_500)
  })

  it('notice at once that a process of their own machine was killed', async () => {
    const beats = store.connection.db!.collection<{ _id: string; role: Role; beat: number }>('workers')
    await beats.insertOne({ _id: `${hostname()}:999999999:x`, role: 'worker', beat: 7 })
    const a = await join('a')
    expect(namesOf(a)).toEqual([])
    await eventually('it is forgotten', async () => (await beats.countDocuments()) === 1, 1_500)
  })
})

describe('the share of a worker', () => {
  const shareAmong = (...roles: Role[]) =>
    laneShare({ others: () => roles.map((role, at) => ({ name: `m${at}:1:x`, role })) })

  it('is all lanes when it is alone, whoever answers pages', () => {
    expect(shareAmong().most()).toBe(8)
    expect(shareAmong('web', 'web').most()).toBe(8)
    expect(shareAmong('web').workers()).toBe(1)
  })

  it('is its fair part, rounded up so that no lane is left over', () => {
    expect(shareAmong('all').most()).toBe(4)
    expect(shareAmong('worker', 'worker').most()).toBe(3)
    expect(shareAmong('worker', 'worker', 'all', 'web').workers()).toBe(4)
    for (let workers = 1; workers <= 12; workers++)
      expect(shareAmong(...Array<Role>(workers - 1).fill('worker')).most() * workers).toBeGreaterThanOrEqual(
        8,
      )
  })
})
