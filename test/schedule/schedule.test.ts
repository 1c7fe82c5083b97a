import { Type } from 'typebox'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Connector, defineConnector } from '../../connectors/connector.ts'
import { openConnections } from '../../server/connections/connections.ts'
import { createSchedule, type RepeatedJob, type Schedule } from '../../server/schedule/schedule.ts'
import { eventually, openStoreRoom, type StoreRoom } from '../support/store-room.ts'
import { plainConnection } from '../support/warehouse-shop.ts'

let room: StoreRoom
let schedules: Schedule[]
/** Polls that began, and how many were under way at once at most. */
let polls: { connection: string; at: number }[]
let atOnce: number
let pollTakesMs: number

const told: string[] = []
const log = {
  error: (_: object, message: string) => told.push(message),
  warn: (_: object, message: string) => told.push(message),
}

let underWay = 0
const slowConnector = defineConnector({
  id: 'slow',
  name: { zh: '慢', en: 'Slow' },
  title: { zh: '慢', en: 'Slow' },
  settings: Type.Object({ pollEveryMs: Type.Optional(Type.Number()), fail: Type.Optional(Type.Boolean()) }),
  kind: 'orders',
  async poll({ connection, settings }) {
    polls.push({ connection: connection._id, at: Date.now() })
    underWay++
    atOnce = Math.max(atOnce, underWay)
    await new Promise(resolve => setTimeout(resolve, pollTakesMs))
    underWay--
    if (settings.fail) throw new Error('the other side is down')
  },
})
const connectors: ReadonlyMap<string, Connector> = new Map([['slow', slowConnector]])

beforeEach(async () => {
  room = await openStoreRoom()
  schedules = []
  polls = []
  atOnce = 0
  pollTakesMs = 0
  told.length = 0
})
afterEach(async () => {
  for (const each of schedules) await each.stop()
  await room.close()
})

/** Another process would hold its own schedule on the same store; `shared` tells that it is not alone there. */
async function startSchedule({
  shared = false,
  jobs: repeated = [],
}: {
  shared?: boolean
  jobs?: readonly RepeatedJob[]
} = {}): Promise<Schedule> {
  const { store, intake, config } = room
  const connections = openConnections({
    store,
    intake,
    connectors,
    config,
    workspace: 'main',
    recordParcels: async () => {},
    log,
  })
  const deps = { store, intake, desk: connections.desk, log, jobs: repeated }
  const schedule = createSchedule({ ...deps, config: { ...config, mongoUri: shared ? 'shared' : undefined } })
  schedules.push(schedule)
  await schedule.start()
  return schedule
}

const slow = (id: string, settings: object = {}) =>
  plainConnection({ _id: id, connector: 'slow', settings: { pollEveryMs: 1_000, ...settings } })
const jobs = () => room.store.connection.db!.collection('agenda').find({ name: 'poll' }).toArray()

describe('the wake-up clock', () => {
  it('polls an enabled connection again and again, and says when it did', async () => {
    await room.store.connections.create(slow('a'))
    await startSchedule()
    await eventually('three polls', () => polls.length >= 3)
    await eventually(
      'lastPolledAt',
      async () => (await room.store.connections.findById('a').lean())?.lastPolledAt !== undefined,
    )
    expect(told).toEqual([])
  })

  it('leaves connections alone that are switched off or only pushed to', async () => {
    await room.store.connections.create([
      plainConnection({ _id: 'off', connector: 'slow', enabled: false }),
      plainConnection(),
    ])
    await startSchedule()
    expect(await jobs()).toEqual([])
  })

  it('follows a connection that is added, changed and switched off while it runs', async () => {
    const schedule = await startSchedule()
    const connection = slow('late')
    await room.store.connections.create(connection)
    await schedule.reschedule(connection)
    await eventually('a poll', () => polls.length >= 1)
    await schedule.reschedule({ ...connection, settings: { pollEveryMs: 60_000 } })
    expect(await jobs()).toMatchObject([{ repeatInterval: 60_000 }])
    await schedule.reschedule({ ...connection, enabled: false })
    expect(await jobs()).toEqual([])
  })

  it('does not start a poll twice that outlives its period, in one process or in two', async () => {
    pollTakesMs = 2_500
    await room.store.connections.create(slow('a'))
    await startSchedule({ shared: true })
    await eventually('the first poll', () => polls.length === 1)
    const second = await startSchedule({ shared: true })
    await second.pollNow('a')
    await new Promise(resolve => setTimeout(resolve, 2_000))
    expect(polls).toHaveLength(1)
    await eventually('the poll that was asked for meanwhile', () => polls.length >= 2)
    expect(atOnce).toBe(1)
    expect(await jobs()).toHaveLength(1)
  })

  it('polls at once on demand', async () => {
    await room.store.connections.create(slow('a', { pollEveryMs: 3_600_000 }))
    const schedule = await startSchedule()
    await eventually('the first poll', () => polls.length === 1)
    await eventually('its end', async () => (await jobs())[0]?.lockedAt === null)
    await schedule.pollNow('a')
    await eventually('the poll on demand', () => polls.length === 2, 4_000)
  })

  it('keeps its jobs over a restart, one each, and polls no earlier because of it', async () => {
    await room.store.connections.create(slow('a', { pollEveryMs: 3_600_000 }))
    const first = await startSchedule()
    await eventually('the first poll', () => polls.length === 1)
    await first.stop()
    const [before] = await jobs()
    await startSchedule()
    await new Promise(resolve => setTimeout(resolve, 1_500))
    expect(polls).toHaveLength(1)
    expect(await jobs()).toMatchObject([{ nextRunAt: before!.nextRunAt, lockedAt: null }])
  })

  it('takes over at once what a killed process left locked on the embedded store', async () => {
    await room.store.connections.create(slow('a'))
    const schedule = await startSchedule()
    await schedule.stop()
    const { db } = room.store.connection
    await db!.collection('agenda').updateMany({}, { $set: { lockedAt: new Date(), nextRunAt: new Date() } })
    const held = { owner: 'gone', until: new Date(Date.now() + 60_000), again: false }
    await db!.collection<{ _id: string }>('polls').updateOne({ _id: 'a' }, { $set: held }, { upsert: true })
    const before = polls.length
    await startSchedule()
    await eventually('a poll', () => polls.length > before, 4_000)
  })

  it('writes down what went wrong, and tries again at the next time', async () => {
    await room.store.connections.create(slow('a', { fail: true }))
    await startSchedule()
    await eventually('two tries', () => polls.length >= 2)
    const connection = await room.store.connections.findById('a').lean()
    expect(connection?.lastError).toBe('the other side is down')
    expect(told[0]).toMatch(/failed/)
  })

  it('waits for the poll under way when it stops', async () => {
    pollTakesMs = 700
    await room.store.connections.create(slow('a'))
    const schedule = await startSchedule()
    await eventually('a poll', () => polls.length === 1)
    await schedule.stop()
    expect(underWay).toBe(0)
    const [job] = await jobs()
    expect(job?.lockedAt).toBeNull()
  })

  it('runs the jobs it is given', async () => {
    let ran = 0
    await startSchedule({ jobs: [{ name: 'look', everyMs: 5_000, run: async () => void ran++ }] })
    await eventually('the job ran', () => ran > 0)
  })
})

describe('the timer sweep', () => {
  const timer = (index: number, dueAt: Date) => ({
    _id: `event-${index}/wf@1/wait/0`,
    workspace: 'main',
    run: `event-${index}/wf@1`,
    order: `plain:A${index}`,
    lane: index % 4,
    port: 'timeout',
    dueAt,
    state: 'set' as const,
  })

  it('wakes every run whose time has come, once, and leaves the others', async () => {
    const past = new Date(Date.now() - 1_000)
    const future = new Date(Date.now() + 3_600_000)
    await room.store.timers.insertMany(Array.from({ length: 1_200 }, (_, index) => timer(index, past)))
    await room.store.timers.insertMany([timer(9_999, future)])
    await startSchedule()
    await eventually(
      'all fired',
      async () => (await room.store.timers.countDocuments({ state: 'fired' })) === 1_200,
    )
    expect(await room.store.events.countDocuments({ kind: 'resume' })).toBe(1_200)
    const event = await room.store.events.findOne({ 'resume.run': 'event-7/wf@1' }).lean()
    expect(event?.resume).toEqual({
      run: 'event-7/wf@1',
      key: 'event-7/wf@1/wait/0',
      port: 'timeout',
      by: 'timer',
    })
    expect(event).toMatchObject({ order: 'plain:A7', lane: 3, state: 'pending' })
  })

  it('arrives at one wake-up when it is repeated after a crash', async () => {
    const due = timer(1, new Date(0))
    await room.store.timers.create(due)
    await startSchedule()
    await eventually('fired', async () => (await room.store.timers.countDocuments({ state: 'fired' })) === 1)
    await room.store.timers.updateOne({ _id: due._id }, { $set: { state: 'set' } })
    await eventually(
      'fired again',
      async () => (await room.store.timers.countDocuments({ state: 'fired' })) === 1,
    )
    expect(await room.store.events.countDocuments({ kind: 'resume' })).toBe(1)
  })

  it('lets the run of a task go on whose decision was written down before a crash', async () => {
    await room.store.tasks.create({
      _id: 'event-1/wf@1/ask/0.1',
      workspace: 'main',
      topic: 'review',
      title: '',
      detail: '',
      assignee: '',
      order: 'plain:A1',
      orderId: 'A1',
      run: 'event-1/wf@1',
      lane: 1,
      choices: ['keep', 'drop'],
      status: 'open',
      choice: 'keep',
      by: '小王',
      createdAt: new Date(),
    })
    await startSchedule()
    await eventually('closed', async () => (await room.store.tasks.countDocuments({ status: 'done' })) === 1)
    const event = await room.store.events.findOne({ kind: 'resume' }).lean()
    expect(event?.resume).toEqual({
      run: 'event-1/wf@1',
      key: 'event-1/wf@1/ask/0',
      port: 'keep',
      by: '小王',
    })
  })
})
