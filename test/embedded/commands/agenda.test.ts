import { MongoBackend } from '@agendajs/mongo-backend'
import { Agenda } from 'agenda'
import { afterAll, expect, it } from 'vitest'
import { runningStore } from '../support/running-store.ts'

const { db } = await runningStore()
const agendas: Agenda[] = []
afterAll(() => Promise.all(agendas.map(agenda => agenda.stop())))

/** Two of these compete for the same jobs, as two processes would. */
async function startAgenda(done: string[]): Promise<Agenda> {
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: db }),
    processEvery: 50,
    defaultConcurrency: 5,
  })
  agenda.define('note', async job => {
    done.push(String(job.attrs.data))
  })
  agendas.push(agenda)
  await agenda.start()
  return agenda
}

it('runs every job of Agenda once, whichever of two instances takes it', async () => {
  const done: string[] = []
  const [first, second] = [await startAgenda(done), await startAgenda(done)]
  const wanted = Array.from({ length: 60 }, (_, i) => `job ${i}`)
  await Promise.all(wanted.map((name, i) => (i % 2 ? first : second).now('note', name)))
  await expect.poll(() => done.length, { timeout: 20_000 }).toBe(60)
  expect(done.toSorted()).toEqual(wanted.toSorted())
})

it('keeps one job per repeated schedule and runs it when it is due', async () => {
  const done: string[] = []
  const agenda = await startAgenda(done)
  agenda.define('tick', async () => {
    done.push('tick')
  })
  await agenda.every(200, 'tick')
  await agenda.every(200, 'tick')
  await expect.poll(() => done.length, { timeout: 20_000 }).toBeGreaterThan(2)
  expect(await db.collection('agendaJobs').countDocuments({ name: 'tick' })).toBe(1)
})

it('gives Agenda its index for taking the next job', async () => {
  const indexes = await db.collection('agendaJobs').indexes()
  expect(indexes.map(index => index.name)).toContain('findAndLockNextJobIndex')
})
