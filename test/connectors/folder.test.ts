import { mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pollFolder } from '../../connectors/folder/poll-folder.ts'
import { errors } from '../../server/errors.ts'
import type { ConnectionDoc } from '../../server/store/connection-doc.ts'
import { openStoreRoom, type StoreRoom } from '../support/store-room.ts'
import { plainConnection } from '../support/warehouse-shop.ts'

let room: StoreRoom
let inbox: string
let connection: ConnectionDoc

beforeAll(async () => {
  room = await openStoreRoom()
  inbox = join(room.dataDir, 'inbox')
})
afterAll(() => room.close())

beforeEach(async () => {
  await rm(inbox, { recursive: true, force: true })
  await mkdir(inbox)
  await Promise.all([room.store.events.deleteMany({}), room.store.quarantine.deleteMany({})])
  connection = plainConnection({ connector: 'folder', settings: { path: 'inbox' } })
})

const poll = (over: Partial<Parameters<typeof pollFolder>[0]> = {}) =>
  pollFolder({
    connection,
    settings: { path: 'inbox', settleMs: 50 },
    dataDir: room.dataDir,
    maxBytes: 1024 * 1024,
    signal: new AbortController().signal,
    accept: documents => room.intake.accept(connection, documents),
    refuse: (body, problems) => room.intake.refuse(connection, body, problems),
    ...over,
  })

const drop = (name: string, content: string) => writeFile(join(inbox, name), content)
const names = async (folder = '') =>
  (await readdir(join(inbox, folder))).filter(each => each.includes('.')).sort()
const acceptedIds = async () => (await room.store.events.find().lean()).map(each => each.order).sort()

describe('the folder connector', () => {
  it('takes in files of every kind and moves them to done', async () => {
    await drop('a.csv', 'id,phone\nA1,1\nA2,2')
    await drop('b.json', '[{"id":"B1"}]')
    await drop('c.ndjson', '{"id":"C1"}\n{"id":"C2"}')
    await poll()
    expect(await acceptedIds()).toEqual(['plain:A1', 'plain:A2', 'plain:B1', 'plain:C1', 'plain:C2'])
    expect(await names('done')).toEqual(['a.csv', 'b.json', 'c.ndjson'])
    expect(await names()).toEqual([])
  })

  it('makes the folder where it is missing, and is content with an empty one', async () => {
    await poll({ settings: { path: 'elsewhere/new', settleMs: 50 } })
    expect(await readdir(join(room.dataDir, 'elsewhere'))).toEqual(['new'])
  })

  it('leaves a file alone while it grows', async () => {
    await drop('a.csv', 'id\nA1')
    const growing = setInterval(() => writeFile(join(inbox, 'a.csv'), '\nA2', { flag: 'a' }), 10)
    await poll()
    clearInterval(growing)
    expect(await acceptedIds()).toEqual([])
    expect(await names()).toEqual(['a.csv'])
    await poll()
    expect(await acceptedIds()).toContain('plain:A1')
  })

  it('leaves unfinished and foreign files alone', async () => {
    for (const name of ['a.csv.tmp', '.b.csv', '~$c.xlsx', 'notes.txt']) await drop(name, 'id\nA1')
    await poll()
    expect(await names()).toHaveLength(4)
  })

  it('takes the oldest file first, so that a newer version of an order comes after the older', async () => {
    await drop('a-new.csv', 'id,modified\nA1,2')
    await drop('b-old.csv', 'id,modified\nA1,1')
    await utimes(join(inbox, 'b-old.csv'), new Date(0), new Date(0))
    await poll()
    const events = await room.store.events.find().sort({ seq: 1 }).lean()
    expect(events.map(each => JSON.parse(each.body).modified)).toEqual(['1', '2'])
  })

  it('names refused rows beside the file it moved, and keeps their neighbours', async () => {
    await drop('a.csv', 'id,phone\nA1,1\n,2\nA3,3')
    await poll()
    expect(await acceptedIds()).toEqual(['plain:A1', 'plain:A3'])
    expect(await names('done')).toEqual(['a.csv', 'a.csv.problems.json'])
    const told = JSON.parse(await readFile(join(inbox, 'done/a.csv.problems.json'), 'utf8'))
    expect(told).toMatchObject({ accepted: 2, refused: [{ rows: [3], problems: [{ code: 'NO_ORDER_ID' }] }] })
    expect(await room.store.quarantine.countDocuments()).toBe(1)
  })

  it('moves a file nothing could be used of to failed, with the reason', async () => {
    await drop('empty.csv', 'id,phone\n')
    await drop('broken.json', '{"id":')
    await drop('wrong.csv', 'other\nx')
    await poll()
    expect(await names('failed')).toEqual([
      'broken.json',
      'broken.json.problems.json',
      'empty.csv',
      'empty.csv.problems.json',
      'wrong.csv',
      'wrong.csv.problems.json',
    ])
    expect(await names()).toEqual([])
  })

  it('goes by content and not by name, and says of an old Excel file what to do', async () => {
    await drop('a.xls', 'id\tphone\nX1\t1')
    await writeFile(join(inbox, 'b.xls'), Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]))
    await poll()
    expect(await acceptedIds()).toEqual(['plain:X1'])
    expect(await names('done')).toEqual(['a.xls'])
    expect(await readFile(join(inbox, 'failed/b.xls.problems.json'), 'utf8')).toContain('另存为 .xlsx')
  })

  it('keeps spoilt rows for a person, but no file that is spoilt all over', async () => {
    const spoilt = Array.from({ length: 60 }, (_, index) => `1.2E+17,${index}`)
    await drop('a.csv', `id,phone\nA1,1\n${spoilt.slice(0, 3).join('\n')}`)
    await drop('b.csv', `id,phone\n${spoilt.join('\n')}`)
    await poll()
    expect(await acceptedIds()).toEqual(['plain:A1'])
    expect(await room.store.quarantine.countDocuments({ 'problems.code': 'DIGITS_LOST' })).toBe(3)
    const told = JSON.parse(await readFile(join(inbox, 'failed/b.csv.problems.json'), 'utf8'))
    expect(told.refused).toHaveLength(60)
    expect(told.refused[0]).toMatchObject({ rows: [2], problems: [{ code: 'DIGITS_LOST' }], quarantine: '' })
  })

  it('reads dates without a year by the time of the file', async () => {
    await drop('a.csv', 'id,下单时间\nA1,3月5日 8:30')
    await utimes(join(inbox, 'a.csv'), new Date('2024-03-06'), new Date('2024-03-06'))
    await poll()
    const [event] = await room.store.events.find().lean()
    expect(JSON.parse(event!.body)).toMatchObject({ 下单时间: '2024-03-05 08:30:00' })
  })

  it('refuses a file that is too large without reading it', async () => {
    await drop('large.csv', `id\n${'x'.repeat(2_000)}`)
    await poll({ maxBytes: 1_000 })
    expect(await names('failed')).toContain('large.csv')
  })

  it('never moves a file over another of the same name', async () => {
    await drop('a.csv', 'id\nA1')
    await poll()
    await drop('a.csv', 'id\nA2')
    await poll()
    expect(await names('done')).toEqual(['a.2.csv', 'a.csv'])
    expect(await readFile(join(inbox, 'done/a.csv'), 'utf8')).toBe('id\nA1')
  })

  it('repeats only known events after a crash between accepting and moving', async () => {
    await drop('a.csv', 'id,modified\nA1,1\nA2,1')
    await room.intake.accept(connection, [{ id: 'A1', modified: '1' }])
    await poll()
    expect(await acceptedIds()).toEqual(['plain:A1', 'plain:A2'])
  })

  it('keeps the file while the backlog is full', async () => {
    await drop('a.csv', 'id\nA1')
    const accept = () => Promise.reject(new errors.Busy('5', '5'))
    await expect(poll({ accept })).rejects.toMatchObject({ code: 'BUSY' })
    expect(await names()).toEqual(['a.csv'])
  })

  it('begins no further file once the server stops', async () => {
    await drop('a.csv', 'id\nA1')
    await poll({ signal: AbortSignal.abort() })
    expect(await names()).toEqual(['a.csv'])
  })

  it('hands thousands of rows over in batches of 500', async () => {
    const rows = Array.from({ length: 1_700 }, (_, index) => `N${index},1`)
    await drop('many.csv', `id,modified\n${rows.join('\n')}`)
    const sizes: number[] = []
    await poll({
      accept: documents => {
        sizes.push(documents.length)
        return room.intake.accept(connection, documents)
      },
    })
    expect(sizes).toEqual([500, 500, 500, 200])
    expect(await room.store.events.countDocuments()).toBe(1_700)
  })
})
