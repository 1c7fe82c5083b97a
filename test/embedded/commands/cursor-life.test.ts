import type { Document } from 'bson'
import { describe, expect, it } from 'vitest'
import { createCursors } from '../../../server/embedded/commands/cursors.ts'
import { directServer } from '../support/direct-server.ts'

const { run } = directServer()

describe('a cursor', () => {
  async function open(): Promise<Document> {
    await run({ drop: 'c' })
    await run({ insert: 'c', documents: Array.from({ length: 10 }, (_, _id) => ({ _id })) })
    return (await run({ find: 'c', batchSize: 2 })).cursor
  }

  it('is known in its own collection only', async () => {
    const { id } = await open()
    expect(await run({ getMore: id, collection: 'd' })).toMatchObject({ code: 13, codeName: 'Unauthorized' })
    expect((await run({ getMore: id, collection: 'c' })).cursor).toMatchObject({ id: 0, ns: 'orderloom.c' })
    expect(await run({ getMore: id, collection: 'c' })).toMatchObject({
      code: 43,
      errmsg: `cursor id ${id} not found`,
    })
  })

  it('is told from unknown ones when killed', async () => {
    const { id } = await open()
    expect(await run({ killCursors: 'c', cursors: [id, 5] })).toMatchObject({
      cursorsKilled: [id],
      cursorsNotFound: [5],
      cursorsAlive: [],
      cursorsUnknown: [],
    })
  })

  it('is gone after ten idle minutes, unless it shall stay', async () => {
    let now = 0
    const cursors = createCursors(() => now)
    const reader = async () => ({ documents: [], isLast: false })
    const [idle, used, staying] = [false, false, true].map(stays => cursors.keep('c', reader, stays))
    now += 9 * 60_000
    await cursors.next(used!, 'c', 1)
    now += 2 * 60_000
    await expect(cursors.next(idle!, 'c', 1)).rejects.toMatchObject({ code: 43 })
    await cursors.next(used!, 'c', 1)
    await cursors.next(staying!, 'c', 1)
    now += 11 * 60_000
    cursors.keep('c', reader, false)
    expect(cursors.size()).toBe(2)
  })

  it('is not read by two at once', async () => {
    const cursors = createCursors()
    let release = () => {}
    const reader = () =>
      new Promise<{ documents: []; isLast: boolean }>(resolve => {
        release = () => resolve({ documents: [], isLast: false })
      })
    const id = cursors.keep('c', reader, false)
    const first = cursors.next(id, 'c', 1)
    await expect(cursors.next(id, 'c', 1)).rejects.toMatchObject({ code: 143 })
    release()
    await first
  })
})
