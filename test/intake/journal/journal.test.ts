import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { JournalRecord } from '../../../server/intake/journal/block.ts'
import { findJournal } from '../../../server/intake/journal/found-journal.ts'
import {
  type Journal,
  type OpenedJournal,
  openJournal,
  type Place,
} from '../../../server/intake/journal/journal.ts'

let folder: string
/** Those of a test, the killed ones too: they are not asked any more, but hold files. */
let all: Journal[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orderloom-journal-'))
})
afterEach(async () => {
  for (const journal of all) await journal.close()
  all = []
  rmSync(folder, { recursive: true })
})

const record = (id: string, text = id, lane = 0): JournalRecord => ({ id, lane, bson: Buffer.from(text) })
const textAt = (journal: Journal, place: Place) => Buffer.from(journal.read(place)).toString()
const idsIn = ({ found }: OpenedJournal) => found.map(each => each.record.id)
const files = () => readdirSync(folder).filter(name => name.endsWith('.log'))

function opened(): OpenedJournal {
  const one = openJournal(folder)
  all.push(one.journal)
  return one
}

/** As if the process before had been killed: nothing was closed. */
const openedAfterKill = opened

describe('the journal', () => {
  it('gives back every record, also the long and the empty ones', async () => {
    const { journal } = opened()
    const long = '订单'.repeat(200_000)
    const places = await journal.append([record('A'), record('B', ''), record('C', long, 7)])
    expect(places.map(place => textAt(journal, place))).toEqual(['A', '', long])
    const [later] = await journal.append([record('D')])
    expect(textAt(journal, later!)).toBe('D')
    expect(textAt(journal, places[2]!)).toBe(long)
  })

  it('hands what waited when its process was killed to the next one, in order', async () => {
    const { journal } = opened()
    await journal.append([record('旗舰店:1#a', 'one', 3), record('B', 'two')])
    await journal.append([record('C', 'three')])
    const next = openedAfterKill()
    expect(
      next.found.map(({ record: { id, lane }, place }) => [id, lane, textAt(next.journal, place)]),
    ).toEqual([
      ['旗舰店:1#a', 3, 'one'],
      ['B', 0, 'two'],
      ['C', 0, 'three'],
    ])
    await next.journal.append([record('D')])
    expect(idsIn(openedAfterKill())).toEqual(['旗舰店:1#a', 'B', 'C', 'D'])
  })

  it('forgets what was worked off, and removes files of which nothing waits', async () => {
    const { journal } = opened()
    const [a, b] = await journal.append([record('A'), record('B')])
    journal.release(a!)
    journal.release(b!)
    await journal.append([record('C')])
    await journal.close()
    const next = openedAfterKill()
    expect(idsIn(next)).toEqual(['C'])
    next.journal.release(next.found[0]!.place)
    await next.journal.close()
    expect(files()).toEqual([])
  })

  it('notes by itself how far all is worked off when nothing more comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const { journal } = opened()
      const [a] = await journal.append([record('A')])
      journal.release(a!)
      vi.advanceTimersByTime(1_000)
    } finally {
      vi.useRealTimers()
    }
    await vi.waitUntil(() => findJournal(folder).files.every(file => file.records.length === 0))
  })

  it('goes on in further files when one is full, and lets go of those before', async () => {
    const { journal } = opened()
    const body = 'x'.repeat(1024 * 1024)
    const places: Place[] = []
    for (let i = 0; i < 40; i++) places.push(...(await journal.append([record(`E${i}`, body)])))
    expect(files().length).toBeGreaterThan(2)
    expect(idsIn(opened())).toHaveLength(40)
    for (const place of places) journal.release(place)
    await journal.append([record('last')])
    // Files are removed in the background, which closing waits for: none vanishes while the next one reads.
    await journal.close()
    expect(files()).toHaveLength(2)
    expect(idsIn(opened())).toEqual(['last'])
  })

  it('takes a group longer than a file', async () => {
    const { journal } = opened()
    const body = 'x'.repeat(9 * 1024 * 1024)
    const places = await journal.append([record('A', body), record('B', body)])
    expect(textAt(journal, places[1]!)).toHaveLength(body.length)
    expect(idsIn(openedAfterKill())).toEqual(['A', 'B'])
  })

  it('leaves out a group at the end that is not whole, whatever was torn off or spoilt of it', async () => {
    const { journal } = opened()
    await journal.append([record('A')])
    const [name] = files()
    const before = statSync(join(folder, name!)).size
    await journal.append([record('B', 'text of B')])
    const whole = readFileSync(join(folder, name!))
    fc.assert(
      fc.property(fc.integer({ min: before, max: whole.length - 1 }), fc.boolean(), (at, isCut) => {
        const torn = Buffer.from(whole)
        torn[at]! ^= 0xff
        writeFileSync(join(folder, name!), isCut ? whole.subarray(0, at) : torn)
        const ids = findJournal(folder).files.flatMap(file => file.records.map(each => each.id))
        // Zeros behind the last record belong to nobody.
        return ids[0] === 'A' && (ids.length === 1 || (ids.length === 2 && ids[1] === 'B'))
      }),
      { numRuns: 60 },
    )
  })

  it('says that it could not write, takes nothing of the group, and writes the next one', async () => {
    const { journal } = opened()
    await journal.append([record('A')])
    const tooLong = { id: 'x'.repeat(70_000), lane: 0, bson: Buffer.from('x') }
    await expect(journal.append([tooLong])).rejects.toThrow()
    const [b] = await journal.append([record('B')])
    expect(textAt(journal, b!)).toBe('B')
    expect(idsIn(openedAfterKill())).toEqual(['A', 'B'])
  })
})
