import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { News } from '../../server/cluster/news.ts'
import { storeNews } from '../../server/cluster/store-news.ts'
import { wakeOthers } from '../../server/cluster/wake-others.ts'
import type { Store } from '../../server/store/store.ts'
import { freshStore } from '../support/embedded.ts'
import { eventually } from '../support/store-room.ts'

let store: Store
let opened: News[]

beforeEach(async () => {
  store = await freshStore()
  opened = []
})
afterEach(async () => {
  await Promise.all(opened.map(each => each.close()))
  await store.close()
})

const log = { warn: (details: object) => console.error(details) }

async function open(name: string, others: readonly string[]): Promise<News> {
  const members = { name, others: () => others.map(each => ({ name: each, role: 'all' as const })) }
  const news = await storeNews(store, { members, log })
  opened.push(news)
  return news
}

function heardBy(news: News, topic = 'plans'): unknown[] {
  const heard: unknown[] = []
  news.on(topic, message => heard.push(message))
  return heard
}

describe('news by way of the store', () => {
  it('reach every other process soon, in the order they were told, and not the one that told them', async () => {
    const names = ['a:1:x', 'b:1:x', 'c:1:x']
    const [a, b, c] = await Promise.all(
      names.map(name =>
        open(
          name,
          names.filter(each => each !== name),
        ),
      ),
    )
    const [byA, byB, byC] = [heardBy(a!), heardBy(b!), heardBy(c!)]
    const began = Date.now()
    for (let count = 0; count < 50; count++) {
      a!.tell('plans', { count })
      if (count % 10 === 0) await new Promise(resolve => setTimeout(resolve, 5))
    }
    const all = Array.from({ length: 50 }, (_, count) => ({ count }))
    await eventually('both heard', () => byB.length === 50 && byC.length === 50)
    expect(Date.now() - began).toBeLessThan(1_500)
    expect(byB).toEqual(all)
    expect(byC).toEqual(all)
    expect(byA).toEqual([])
  })

  it('go by topic, and say nothing to whoever no longer listens', async () => {
    const a = await open('a:1:x', ['b:1:x'])
    const b = await open('b:1:x', ['a:1:x'])
    const plans = heardBy(b)
    const settings: unknown[] = []
    const stop = b.on('settings', message => settings.push(message))
    a.tell('settings', 1)
    await eventually('the setting', () => settings.length === 1)
    stop()
    a.tell('settings', 2)
    a.tell('plans', 3)
    await eventually('the plan', () => plans.length === 1)
    expect(settings).toEqual([1])
  })

  it('of before a process began are none to it; those of a process that came later are', async () => {
    const a = await open('a:1:x', ['b:1:x'])
    a.tell('plans', 'old')
    await eventually('written', async () => (await written()) === 1)
    const b = await open('b:1:x', ['a:1:x', 'c:1:x'])
    const heard = heardBy(b)
    const c = await open('c:1:x', ['b:1:x'])
    c.tell('plans', 'first of c')
    a.tell('plans', 'new')
    await eventually('both', () => heard.length === 2)
    expect(new Set(heard)).toEqual(new Set(['first of c', 'new']))
  })

  it('are not even written where no other process lives', async () => {
    const alone = await open('a:1:x', [])
    expect(alone.isAlone()).toBe(true)
    alone.tell('plans', 1)
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(await written()).toBe(0)
  })

  it('that a listener cannot use do not keep the others from theirs', async () => {
    const warned: object[] = []
    const members = (name: string, other: string) => ({
      name,
      others: () => [{ name: other, role: 'all' as const }],
    })
    const b = await storeNews(store, {
      members: members('b:1:x', 'a:1:x'),
      log: { warn: details => warned.push(details) },
    })
    opened.push(b)
    b.on('plans', () => {
      throw new Error('cannot')
    })
    const heard = heardBy(b)
    const a = await open('a:1:x', ['b:1:x'])
    a.tell('plans', 1)
    await eventually('heard', () => heard.length === 1)
    expect(warned).toMatchObject([{ topic: 'plans' }])
  })

  const written = () => store.connection.db!.collection('news').countDocuments()
})

describe('waking the workers of other processes', () => {
  it('gathers the lanes of a moment in one message', async () => {
    const told: unknown[] = []
    const wake = wakeOthers({ tell: (topic, message) => told.push([topic, message]) })
    for (let lane = 0; lane < 100; lane++) wake([lane % 3])
    await eventually('told', () => told.length > 0)
    expect(told).toEqual([['wake', { lanes: [0, 1, 2] }]])
    wake([7])
    await eventually('told again', () => told.length === 2)
    expect(told[1]).toEqual(['wake', { lanes: [7] }])
  })
})
