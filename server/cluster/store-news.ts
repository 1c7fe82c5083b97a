import { setTimeout as sleep } from 'node:timers/promises'
import type { Collection } from 'mongodb'
import type { Store } from '../store/store.ts'
import { listeners, type News, type NewsOptions, type Told } from './news.ts'
import { repeat } from './repeat.ts'

/** What is told within so long goes in one document. */
const GATHER_MS = 20
const LOOK_EVERY_MS = 100
const KEPT_SECONDS = 60
const DIGITS = 12

interface NewsDoc {
  /** `<process>/<number>`: the numbers of a process grow, so nothing is overlooked. */
  _id: string
  /** JSON of `Told[]`: as fields, names of nodes could be ones the store does not take. */
  told: string
  at: Date
}

/**
 * News by way of the store, for installations without Redis: a process inserts what it tells under numbers of its
 * own, the others ask for what follows the last number they have seen of it. Where only one process lives nothing is
 * written and nothing asked for.
 */
export async function storeNews(store: Store, { members, log }: NewsOptions): Promise<News> {
  const collection = store.connection.db!.collection('news') as unknown as Collection<NewsDoc>
  await collection.createIndex({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS })
  const { on, hear } = listeners(log)
  const heard = new Map<string, string>()
  // What was told before this process began is no news to it.
  for await (const { _id } of collection.find({}, { projection: { _id: 1 } })) {
    const from = _id.slice(0, _id.lastIndexOf('/'))
    if (_id > (heard.get(from) ?? '')) heard.set(from, _id)
  }
  let queue: Told[] = []
  let count = 0
  let telling: Promise<void> | undefined
  let isClosed = false

  async function tellQueued(): Promise<void> {
    while (queue.length > 0 && !isClosed) {
      await sleep(GATHER_MS)
      const told = JSON.stringify(queue)
      queue = []
      await collection.insertOne({ _id: idOf(members.name, ++count), told, at: new Date() })
    }
  }

  async function look(from: string): Promise<void> {
    const after = heard.get(from) ?? idOf(from, 0)
    const found = await collection
      .find({ _id: { $gt: after, $lt: `${from}/~` } })
      .sort({ _id: 1 })
      .toArray()
    for (const { _id, told } of found) {
      heard.set(from, _id)
      for (const each of JSON.parse(told) as Told[]) if (!isClosed) hear(each)
    }
  }

  const stopLooking = repeat(
    LOOK_EVERY_MS,
    async () => {
      await Promise.all(members.others().map(each => look(each.name)))
    },
    error => log.warn({ err: error }, 'news of other processes could not be read'),
  )

  const isAlone = () => members.others().length === 0

  return {
    on,
    isAlone,
    tell(topic, message) {
      if (isAlone()) return
      queue.push({ topic, message })
      telling ??= tellQueued()
        .catch(error => log.warn({ err: error }, 'news could not be told to other processes'))
        .finally(() => {
          telling = undefined
        })
    },
    async close() {
      isClosed = true
      await Promise.all([telling, stopLooking()])
    },
  }
}

const idOf = (name: string, count: number) => `${name}/${String(count).padStart(DIGITS, '0')}`
